import type { CallLifecycleOptions, CallParts } from '../../src/lifecycle/call-parts.js';
import { CallLifecycle } from '../../src/lifecycle/call-lifecycle.js';
import { deferred, type Deferred } from '../../src/lifecycle/deferred.js';
import type { CallObserver } from '../../src/lifecycle/definition.js';
import type { CallError } from '../../src/lifecycle/errors.js';

/** A call whose every step is settled by the test, with a record of everything that happened to it. */
export class FakeCall {
  readonly events: string[] = [];
  readonly states: string[] = [];
  readonly published: Record<string, string>[] = [];
  readonly errors: CallError[] = [];
  readonly prepared = deferred<undefined>();
  readonly started: Deferred<undefined> = deferred();
  readonly joined: Deferred<undefined> = deferred();
  readonly greeted: Deferred<undefined> = deferred();
  readonly quiet: Deferred<undefined> = deferred();
  readonly lifecycle: CallLifecycle;

  constructor(given: { observers?: CallObserver[]; parts?: Partial<CallParts> } = {}) {
    const parts: CallParts = {
      observers: given.observers ?? [this.observer('first'), this.observer('second')],
      start: () => this.#step('start', this.started),
      callerJoined: () => this.#step('callerJoined', this.joined),
      greet: () => this.#step('greet', this.greeted),
      quiet: () => this.#step('quiet', this.quiet),
      goodbye: async (reason) => {
        this.events.push(`goodbye ${reason}`);
      },
      farewell: async () => {
        this.events.push('farewell');
      },
      publish: async (attributes) => {
        this.published.push({ ...attributes });
      },
      measure: () => ({ modelConnections: 1, usage: [{ inputTokens: 7 }] }),
      ...given.parts,
    };
    const options: CallLifecycleOptions = {
      callId: 'AJ_test',
      limits: {
        callerJoinMs: 60_000,
        wrapUpMs: 20_000,
        idleMs: 300_000,
        maxDurationMs: 2_700_000,
        timeHintMs: 180_000,
        silenceMs: 30_000,
        rejoinGraceMs: 60_000,
        flushMs: 5_000,
        memoryMb: 800,
      },
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      prepare: async () => {
        await this.prepared.promise;
        return parts;
      },
      onError: (error) => this.errors.push(error),
    };
    this.lifecycle = new CallLifecycle(options);
  }

  /** An observer that writes everything it is told into `events`. */
  observer(name: string, changes: Partial<CallObserver> = {}): CallObserver {
    return {
      name,
      attach: () => this.events.push(`attach ${name}`),
      onState: ({ name: state }) => {
        if (name === 'first') {
          this.states.push(state);
        }
      },
      flush: async ({ reason }) => {
        this.events.push(`flush ${name} ${reason}`);
      },
      ...changes,
    };
  }

  /** Runs up to the conversation. */
  async talk(): Promise<void> {
    for (const step of [this.prepared, this.started, this.joined, this.greeted]) {
      step.resolve(undefined);
      await settle();
    }
  }

  async #step(name: string, step: Deferred<undefined>): Promise<void> {
    this.events.push(name);
    await step.promise;
  }
}

/** Lets every promise that can go on go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    await Promise.resolve();
  }
}
