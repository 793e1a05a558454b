import { join } from 'node:path';
import type { RecordsConfig } from '../../config/records.js';
import type { CallLog } from '../../lifecycle/log.js';
import { applyRetention } from '../retention/retention.js';
import { CALL_FILES, callFolder, listCalls } from '../call-folder.js';
import { statIfThere } from '../files.js';
import { deliverCall, type DeliverResult } from './deliver-call.js';
import { inLanes } from './in-lanes.js';
import { readState } from './state.js';
import type { DeliveryTarget } from './target.js';
import { targetsOf } from './targets.js';

export interface DeliveryOptions {
  readonly log: CallLog;
  readonly targets?: readonly DeliveryTarget[];
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  readonly random?: () => number;
}

/** How often the folders are looked through for what is due; a call that has just been finished does not wait for it. */
const LOOK_EVERY_MS = 15_000;
/** After a call was finished, so that its claim is released by then. */
const LOOK_SOON_MS = 500;
/** Old folders can wait. */
const RETENTION_EVERY_MS = 3_600_000;
/** So many calls are sent at once: one slow receiver does not hold up the rest. */
const AT_ONCE = 4;

/** Delivers finished calls, for as long as it runs, and deletes old ones. */
export interface Delivery {
  /** Tries what is due of one call, at once. Never rejects; undefined when it could not even be tried. */
  deliver(callFolder: string): Promise<DeliverResult | undefined>;
  /** Begins to look for what is due, now and again and again. Does not keep the process alive. */
  start(): void;
  /** Says that a call has just been finished: looks soon, when whoever finished it has let go of it. */
  callFinished(): void;
  /** Tries everything that is due, now; settles when each was tried once. Never rejects. */
  deliverDue(): Promise<void>;
  /** Breaks off what is under way, and waits for it. Twice is the same as once. */
  stop(): Promise<void>;
}

/**
 * The outbox. Its state lies in each call's delivery.json; there may be several on one folder, in processes and machines
 * alike. Nothing goes wrong with it that ends a process: what fails is logged, and tried again.
 */
export function createDelivery(config: RecordsConfig, options: DeliveryOptions): Delivery {
  return new Outbox(config, options);
}

class Outbox implements Delivery {
  readonly #config: RecordsConfig;
  readonly #log: CallLog;
  readonly #targets: readonly DeliveryTarget[];
  readonly #now: () => number;
  readonly #random: () => number;
  readonly #stopped = new AbortController();
  /** By call id, the time of the delivery.json that had nothing left to do. */
  readonly #settled = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #isLooking = false;
  #look: Promise<void> = Promise.resolve();
  readonly #running = new Set<Promise<unknown>>();
  #nextRetentionMs = 0;

  constructor(config: RecordsConfig, options: DeliveryOptions) {
    this.#config = config;
    this.#log = options.log;
    this.#targets = options.targets ?? targetsOf(config.delivery);
    this.#now = options.now ?? Date.now;
    this.#random = options.random ?? Math.random;
  }

  async deliver(folder: string): Promise<DeliverResult | undefined> {
    const delivery = this.#deliver(folder);
    this.#running.add(delivery);
    try {
      return await delivery;
    } finally {
      this.#running.delete(delivery);
    }
  }

  start(): void {
    if (this.#timer !== undefined || this.#stopped.signal.aborted) {
      return;
    }
    this.#timer = setInterval(() => this.#begin(), LOOK_EVERY_MS);
    this.#timer.unref();
    this.#begin();
  }

  callFinished(): void {
    if (this.#timer !== undefined && !this.#stopped.signal.aborted) {
      this.#soon ??= setTimeout(() => {
        this.#soon = undefined;
        this.#begin();
      }, LOOK_SOON_MS);
      this.#soon.unref();
    }
  }

  async deliverDue(): Promise<void> {
    // What is under way may have passed a call by before it was finished.
    await this.#look;
    this.#begin();
    await this.#look;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    clearTimeout(this.#soon);
    this.#stopped.abort(new Error('The worker stops.'));
    await Promise.allSettled([this.#look, ...this.#running]);
  }

  /** One look at a time; what one misses, the next one sees. */
  #begin(): void {
    if (!this.#isLooking) {
      this.#isLooking = true;
      this.#look = this.#lookThrough().finally(() => {
        this.#isLooking = false;
      });
    }
  }

  async #lookThrough(): Promise<void> {
    try {
      const calls = await listCalls(this.#config.dataDir);
      this.#forgetGone(calls);
      if (this.#targets.length > 0) {
        await inLanes(calls, AT_ONCE, this.#stopped.signal, (callId) => this.#lookAt(callId));
      }
      if (this.#now() >= this.#nextRetentionMs && !this.#stopped.signal.aborted) {
        this.#nextRetentionMs = this.#now() + RETENTION_EVERY_MS;
        await applyRetention(this.#config, this.#targets, this.#log, this.#now());
      }
    } catch (error) {
      this.#log.error({ error }, 'the folder of calls cannot be looked through');
    }
  }

  async #lookAt(callId: string): Promise<void> {
    const folder = callFolder(this.#config.dataDir, callId);
    const file = await statIfThere(join(folder, CALL_FILES.delivery));
    if (file !== undefined && this.#settled.get(callId) === file.mtimeMs) {
      return;
    }
    const state = file === undefined ? {} : await readState(folder);
    const isSettled = this.#targets.every(({ name }) =>
      ['delivered', 'parked'].includes(state[name]?.state ?? ''),
    );
    if (isSettled && file !== undefined) {
      this.#settled.set(callId, file.mtimeMs);
      return;
    }
    await this.deliver(folder);
  }

  async #deliver(folder: string): Promise<DeliverResult | undefined> {
    try {
      return await deliverCall(folder, {
        targets: this.#targets,
        log: this.#log,
        signal: this.#stopped.signal,
        now: this.#now,
        random: this.#random,
      });
    } catch (error) {
      const isGone =
        (await statIfThere(join(folder, CALL_FILES.call)).catch(() => true)) === undefined;
      if (!isGone) {
        this.#log.error({ error, folder }, 'the delivery of a call could not be tried');
      }
      return undefined;
    }
  }

  #forgetGone(calls: readonly string[]): void {
    const there = new Set(calls);
    for (const callId of this.#settled.keys()) {
      if (!there.has(callId)) {
        this.#settled.delete(callId);
      }
    }
  }
}
