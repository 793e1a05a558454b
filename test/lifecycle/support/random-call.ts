import fc from 'fast-check';
import { CallLifecycle } from '../../../src/lifecycle/call-lifecycle.js';
import type { CallParts } from '../../../src/lifecycle/call-parts.js';
import type { CallStateName } from '../../../src/lifecycle/call-state.js';
import type { CallObserver } from '../../../src/lifecycle/definition.js';
import { CallError } from '../../../src/lifecycle/errors.js';
import { CALL_END_REASONS } from '../../../src/lifecycle/end-reason.js';
import type { CallOutcome } from '../../../src/lifecycle/outcome.js';
import { asGiven, behave, conduct, type Conduct } from './conduct.js';
import { SOUND } from './limits.js';

const step = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('end' as const),
      reason: fc.constantFrom(...CALL_END_REASONS),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('report' as const), recoverable: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('recovering' as const, 'recovered' as const) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('flush' as const, 'run' as const) }) },
);
const pauseMs = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 1_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 70_000 }) },
);

const observer = fc.record({
  attach: conduct,
  onState: conduct,
  onError: conduct,
  flush: conduct,
  /** Ends the call itself when it sees this state. */
  endsIn: fc.option(fc.constantFrom<CallStateName>('waiting', 'talking', 'closing'), {
    nil: undefined,
  }),
});

export const aCall = fc.record({
  prepare: conduct,
  start: conduct,
  callerJoined: conduct,
  greet: conduct,
  goodbye: conduct,
  quiet: conduct,
  farewell: conduct,
  publish: conduct,
  measure: fc.constantFrom<Conduct>({ kind: 'works', ms: 0 }, { kind: 'throws', ms: 0 }),
  onError: conduct,
  observers: fc.array(observer, { minLength: 1, maxLength: 3 }),
  steps: fc.array(fc.tuple(pauseMs, step), { maxLength: 12 }),
  /** Whether it is left alone for a while before it is ended from outside. */
  lingers: fc.boolean(),
});
export type ACall = typeof aCall extends fc.Arbitrary<infer T> ? T : never;

/** A lifecycle whose every part behaves as the example says, and a note of what was seen of it. */
export class RandomCall {
  readonly lifecycle: CallLifecycle;
  readonly states: CallStateName[] = [];
  /** `begin 0`, `end 0` of each observer's flush, in order. */
  readonly flushes: string[] = [];
  readonly outcomes = new Set<CallOutcome>();
  attached = 0;
  endedMs: number | undefined;
  readonly #example: ACall;
  #outcome: Promise<void> | undefined;

  constructor(example: ACall) {
    this.#example = example;
    this.lifecycle = new CallLifecycle({
      callId: 'AJ_random',
      limits: SOUND,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      prepare: async () => {
        await behave(example.prepare);
        return this.#parts();
      },
      onError: () => asGiven(example.onError),
    });
  }

  /** When it was run, once it has its outcome. */
  get outcome(): Promise<void> | undefined {
    return this.#outcome;
  }

  run(): void {
    const running = this.lifecycle.run();
    this.#outcome = running.then((outcome) => void this.outcomes.add(outcome));
  }

  async flush(): Promise<void> {
    this.endedMs ??= Date.now();
    this.outcomes.add(await this.lifecycle.flush());
  }

  act(what: ACall['steps'][number][1]): void {
    const { lifecycle } = this;
    switch (what.do) {
      case 'end':
        this.endedMs ??= Date.now();
        lifecycle.end(what.reason, 'a step');
        return;
      case 'report':
        lifecycle.report(lost, what.recoverable);
        return;
      case 'recovering':
        lifecycle.recovering('cut');
        return;
      case 'recovered':
        lifecycle.recovered();
        return;
      case 'flush':
        void this.flush();
        return;
      case 'run':
        this.ranTwice();
    }
  }

  /** Whether a second `run` is refused. */
  ranTwice(): boolean {
    try {
      void this.lifecycle.run();
      return true;
    } catch (error) {
      return !(error instanceof CallError && error.code === 'ILLEGAL_STATE');
    }
  }

  #parts(): CallParts {
    const { observers, measure, ...conducts } = this.#example;
    return {
      observers: [this.#recorder(), ...observers.map((one, n) => this.#observer(one, n))],
      start: () => behave(conducts.start),
      callerJoined: () => behave(conducts.callerJoined),
      greet: () => behave(conducts.greet),
      goodbye: () => behave(conducts.goodbye),
      quiet: () => behave(conducts.quiet),
      farewell: () => behave(conducts.farewell),
      publish: () => behave(conducts.publish),
      measure: () => {
        asGiven(measure);
        return { modelConnections: 1, usage: [] };
      },
    };
  }

  /** Well behaved: what it sees is what the others were told. */
  #recorder(): CallObserver {
    return {
      name: 'recorder',
      attach: () => (this.attached += 1),
      onState: ({ name }) => this.states.push(name),
      flush: async () => void this.flushes.push('recorder'),
    };
  }

  #observer(one: ACall['observers'][number], n: number): CallObserver {
    return {
      name: `observer ${n}`,
      attach: () => asGiven(one.attach),
      onState: ({ name }) => {
        if (name === one.endsIn) {
          this.lifecycle.end('completed', 'an observer');
        }
        return asGiven(one.onState);
      },
      onError: () => asGiven(one.onError),
      flush: async (_outcome, deadline) => {
        this.flushes.push(`begin ${n}`);
        const over = (): void => void this.flushes.push(`end ${n}`);
        deadline.addEventListener('abort', over, { once: true });
        await behave(one.flush);
      },
    };
  }
}

const lost = new CallError('connection lost', {
  code: 'MODEL_FAILED',
  fault: 'model',
  remedy: 'Check the model service.',
});
