import { onTestFinished } from 'vitest';
import {
  startWebhookReceiver,
  type Answering,
  type ReceiverOptions,
  type WebhookReceiver,
} from '../../../../dev/webhook-receiver/receiver.js';
import { SECRET } from './outbox.js';

/** A receiver that is stopped when the test is over. */
export async function receiver(
  answer?: Answering,
  options: Partial<ReceiverOptions> = {},
): Promise<WebhookReceiver> {
  const started = await startWebhookReceiver({
    secret: SECRET,
    ...options,
    ...(answer === undefined ? {} : { answer }),
  });
  onTestFinished(() => started.stop());
  return started;
}

/** Answers with a status and no more than that. */
export const status =
  (code: number, headers: Record<string, string> = {}, body = ''): Answering =>
  (_request, response) =>
    response.writeHead(code, headers).end(body);
