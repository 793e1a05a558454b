import fc from 'fast-check';
import { ConnectionError } from '../../../../src/lifecycle/realtime/connection-error.js';
import { connectionSettings } from '../../../../src/lifecycle/realtime/connection-settings.js';
import { ConnectionSupervisor } from '../../../../src/lifecycle/realtime/connection-supervisor.js';
import type { SupervisedSocket } from '../../../../src/lifecycle/realtime/supervised-socket.js';
import type { Told } from './supervised-log.js';
import { FakeService, type Attempt } from './fake-service.js';

const request = () => ({ url: 'ws://service', headers: {} });
const passing = new ConnectionError('HTTP 503', { category: 'server' });
const fatal = new ConnectionError('HTTP 401', { category: 'authentication', fatal: true });
const slowDown = new ConnectionError('HTTP 429', { category: 'rate-limit', retryAfterMs: 1_500 });
const reset = new ConnectionError('reset', { category: 'connectivity' });

/** One thing that happens. */
export type Step = (life: SupervisedLife) => void;
const step = (name: string, act: Step): Step => Object.assign(act, { toString: () => name });

const dies = step('dies', (life) => life.service.wire?.dies(reset));
const completes = step('completes', (life) => life.reply('completed'));
const often = [
  dies,
  completes,
  step('asks', (life) => life.socket?.send('{"type":"response.create","event_id":"e1"}')),
];
const seldom = [
  step('dies for good', (life) => life.service.wire?.dies(fatal)),
  step('fails', (life) => life.reply('failed')),
  step('begins', (life) => life.service.wire?.says({ type: 'response.created' })),
  step('refuses', (life) =>
    life.service.wire?.says({ type: 'error', error: { event_id: 'e1', code: 'server_error' } }),
  ),
  step('complains', (life) =>
    life.service.wire?.says({ type: 'error', error: { code: 'server_error' } }),
  ),
  step('sends garbage', (life) => life.service.wire?.says('{"type":')),
  step('the plugin closes', (life) => life.socket?.close()),
  step('renews', (life) => life.supervisor.renew()),
];
const once = [
  step('out of credit', (life) =>
    life.service.wire?.says({ type: 'error', error: { code: 'insufficient_quota' } }),
  ),
  step('is given up', (life) => void life.supervisor.giveUp('enough', passing)),
  step('closes', (life) => void life.close()),
];

const anyAttempt = fc.record(
  {
    error: fc.oneof(
      { weight: 6, arbitrary: fc.constant(undefined) },
      { weight: 3, arbitrary: fc.constantFrom(passing, slowDown, reset) },
      { weight: 1, arbitrary: fc.constant(fatal) },
    ),
    afterMs: fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 0, max: 300 }) },
      { weight: 1, arbitrary: fc.integer({ min: 300, max: 30_000 }) },
    ),
    /** Seldom, by chance of being left out. */
    gone: fc.constantFrom(reset, reset, reset, fatal),
    goesMs: fc.integer({ min: 0, max: 1_000 }),
  },
  { requiredKeys: ['error', 'afterMs'] },
);
const anyStep = fc.tuple(
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...often) },
    { weight: 8, arbitrary: fc.constantFrom(...seldom) },
    { weight: 1, arbitrary: fc.constantFrom(...once) },
  ),
  fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 400 }) },
    { weight: 3, arbitrary: fc.integer({ min: 400, max: 8_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: 8_000, max: 120_000 }) },
  ),
);
/** Opens at once, dies a few times, answers, and so on: the windows of the budget are for this. */
const flapping = fc
  .constantFrom(1, 3)
  .chain((most) => fc.array(fc.integer({ min: 1, max: most }), { minLength: 30, maxLength: 40 }))
  .chain((deaths) =>
    fc.record({
      attempts: fc.constant(Array.from({ length: 120 }, () => ({ error: undefined, afterMs: 1 }))),
      steps: fc.constant(
        deaths.flatMap((times) =>
          [completes, ...Array.from({ length: times }, () => dies)].map((one): [Step, number] => [
            one,
            900,
          ]),
        ),
      ),
    }),
  );

/** What a service and a plugin do to a supervisor, and how that ends. */
export const aLife = fc
  .oneof(
    {
      weight: 9,
      arbitrary: fc.record({
        attempts: fc.array(anyAttempt, { maxLength: 40 }),
        steps: fc.array(anyStep, { maxLength: 30 }),
      }),
    },
    { weight: 1, arbitrary: flapping },
  )
  .chain((life) =>
    fc.record({
      life: fc.constant(life),
      handlersThrow: fc.boolean(),
      endsBy: fc.constantFrom('an outage', 'being closed'),
    }),
  );

/** A supervisor, a service, and the plugin's loop between them, with a log of all that happened. */
export class SupervisedLife {
  readonly log: { readonly what: Told; readonly atMs: number }[] = [];
  readonly service: FakeService;
  readonly supervisor: ConnectionSupervisor;
  readonly plugin: Promise<void>;
  socket: SupervisedSocket | undefined;
  #closing: Promise<void> | undefined;

  constructor(attempts: readonly Attempt[], handlersThrow: boolean) {
    const note = (what: Told) => () => this.#note(what);
    this.service = new FakeService(attempts, note('attempt'));
    this.supervisor = new ConnectionSupervisor(
      connectionSettings(),
      {
        reconnecting: note('reconnecting'),
        reconnected: note('reconnected'),
        outstanding: () => undefined,
        replyFailed: note('a reply failed'),
        callerUnheard: () => undefined,
        callerHeard: () => undefined,
        lost: (cause) => this.#note(cause ? 'lost' : 'renewed'),
        gaveUp: note('gave up'),
      },
      this.service.open,
    );
    this.plugin = this.#plugin(handlersThrow);
  }

  /** A reply is over. */
  reply(status: 'completed' | 'failed'): void {
    if (status === 'completed' && this.socket?.readyState === 1) {
      this.#note('completed');
    }
    this.service.wire?.says({ type: 'response.created' });
    this.service.wire?.says({ type: 'response.done', response: { status } });
  }

  close(): Promise<void> {
    if (!this.#closing) {
      this.#note('closing');
      this.#closing = this.supervisor.close();
    }
    return this.#closing;
  }

  #note(what: Told): void {
    this.log.push({ what, atMs: Date.now() });
  }

  /** As the plugin does it: connects, and connects again whenever the connection is gone. */
  async #plugin(handlersThrow: boolean): Promise<void> {
    const handle = (): void => {
      if (handlersThrow) {
        throw new Error('a handler of the plugin');
      }
    };
    try {
      for (;;) {
        const socket = await this.supervisor.connect(request);
        this.#note('open');
        this.socket = socket;
        await new Promise<void>((resolve) => {
          socket.onmessage = handle;
          socket.onclose = () => {
            resolve();
            handle();
          };
          if (socket.readyState === 3) {
            resolve();
          }
        });
      }
    } catch {
      this.socket = undefined;
    }
  }
}
