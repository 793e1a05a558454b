import { log } from '@livekit/agents';
import type { Config } from '../config/schema.js';
import { aborted } from '../lifecycle/pause.js';
import type { Delivery } from '../records/delivery/index.js';
import type { BesideCalls } from './beside-calls.js';

/** Delivery beside the calls of a worker. */
export interface RecordDelivery extends BesideCalls {
  /** To be called for each call whose folder is complete: it is delivered at once, not at the next look. */
  readonly callFinished: () => void;
}

/**
 * Delivers the records of calls from the worker's main process, and deletes old ones. Nothing that goes wrong there
 * reaches the worker.
 */
export function deliverRecords(config: Config): RecordDelivery {
  let delivery: Promise<Delivery | undefined> = Promise.resolve(undefined);
  return {
    begin() {
      delivery = open(config).catch((error: unknown) => {
        log().error({ error }, 'records of calls cannot be delivered from here');
        return undefined;
      });
    },
    callFinished() {
      void delivery.then((opened) => opened?.callFinished());
    },
    async finish(signal) {
      const opened = await delivery;
      await Promise.race([opened?.deliverDue(), aborted(signal)]);
      await opened?.stop();
    },
  };
}

async function open(config: Config): Promise<Delivery> {
  const { createDelivery } = await import('../records/delivery/index.js');
  const delivery = createDelivery(config, { log: log() });
  delivery.start();
  return delivery;
}
