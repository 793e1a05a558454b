import type { DeliveryConfig } from '../../config/delivery.js';
import { s3Target } from './s3/s3-target.js';
import type { DeliveryTarget } from './target.js';
import { webhookTarget } from './webhook/webhook-target.js';

/** The places that the configuration names. */
export function targetsOf({ webhook, s3 }: DeliveryConfig): DeliveryTarget[] {
  return [
    ...(webhook === undefined ? [] : [webhookTarget(webhook)]),
    ...(s3 === undefined ? [] : [s3Target(s3)]),
  ];
}
