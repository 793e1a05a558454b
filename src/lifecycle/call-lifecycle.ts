import { CallAudience } from './call-audience.js';
import type { CallLifecycleOptions, CallParts } from './call-parts.js';
import { ranTwice, requireFollows, type CallState } from './call-state.js';
import { withDeadline, type DeadlineOptions } from './deadline.js';
import { deferred } from './deferred.js';
import { asCallError, describeError, reasonFor, type CallError } from './errors.js';
import { DEADLINES, lastWords } from './limits.js';
import { describeOutcome, isGraceful, outcomeOf, type Ending } from './ending.js';
import type { CallEndReason, CallOutcome } from './outcome.js';

/**
 * One call, from its job to its outcome. Knows no LiveKit and no sockets: start-call.ts connects it.
 * The first `end` decides the outcome; a later one only hurries it.
 */
export class CallLifecycle {
  readonly #options: CallLifecycleOptions;
  readonly #audience: CallAudience;
  readonly #startedMs = Date.now();
  readonly #ended = deferred<Ending>();
  readonly #hurry = deferred<undefined>();
  readonly #prepared = deferred<undefined>();
  #ending: Ending | undefined;
  #state: CallState = { name: 'starting', sinceMs: this.#startedMs };
  #parts: CallParts | undefined;
  #running: Promise<CallOutcome> | undefined;
  #flushing: Promise<CallOutcome> | undefined;

  constructor(options: CallLifecycleOptions) {
    this.#options = options;
    this.#audience = new CallAudience(options);
  }

  get state(): CallState {
    return this.#state;
  }

  /**
   * Lives the call and resolves with its outcome; never rejects. When it resolves nothing has been closed or
   * flushed yet: close the session and the room, then call `flush`.
   *
   * @throws {CallError} `ILLEGAL_STATE` when called twice.
   */
  run(): Promise<CallOutcome> {
    if (this.#running) {
      throw ranTwice(this.#state.name);
    }
    this.#running = this.#run();
    return this.#running;
  }

  /** Decides how the call ends. A later call changes nothing, but a hard one cuts short what is still being said. */
  end(reason: CallEndReason, detail?: string, error?: CallError): void {
    if (this.#ending) {
      if (!isGraceful(reason)) {
        this.#hurry.resolve(undefined);
      }
      return;
    }
    this.#ending = { reason, detail, error };
    this.#ended.resolve(this.#ending);
  }

  /** Reports an error to the log, the observers and the application; one that is not recoverable ends the call. */
  report(error: CallError, recoverable: boolean): void {
    this.#options.log[recoverable ? 'warn' : 'error'](describeError(error), 'error in the call');
    this.#audience.tellError(error, recoverable);
    if (!recoverable) {
      this.end(reasonFor(error), error.message, error);
    }
  }

  /** The model's connection is being opened again. */
  recovering(cause: string): void {
    if (!this.#isEnding() && ['greeting', 'talking'].includes(this.#state.name)) {
      this.#setState({ name: 'recovering', sinceMs: Date.now(), cause });
    }
  }

  /** The model's connection is back. */
  recovered(): void {
    if (!this.#isEnding() && this.#state.name === 'recovering') {
      this.#setState({ name: 'talking', sinceMs: Date.now() });
    }
  }

  /**
   * Ends the call as `worker-shutdown` unless it already has an end, waits for the outcome and flushes the observers,
   * in order. Everything happens once, however often it is called. Never rejects.
   */
  flush(): Promise<CallOutcome> {
    this.#flushing ??= this.#flush();
    return this.#flushing;
  }

  async #run(): Promise<CallOutcome> {
    this.#live().catch((error: unknown) => this.report(asCallError(error), false));
    const ending = await this.#ended.promise;
    await this.#bounded(this.#prepared.promise, DEADLINES.finishingPreparing);
    if (isGraceful(ending.reason) && this.#state.name !== 'starting') {
      await this.#wrapUp(ending.reason);
    }
    const outcome = outcomeOf(ending, {
      callId: this.#options.callId,
      startedMs: this.#startedMs,
      ...(this.#parts?.measure() ?? { modelConnections: 0, usage: [] }),
    });
    this.#options.log.info(describeOutcome(outcome), 'call ended');
    this.#setState({ name: 'closing', sinceMs: Date.now(), outcome });
    await this.#bounded(this.#audience.told(), DEADLINES.telling);
    return outcome;
  }

  /** From the job's start to the conversation. Each step asks whether the end came meanwhile. */
  async #live(): Promise<void> {
    const parts = await this.#prepare().finally(() => this.#prepared.resolve(undefined));
    if (this.#isEnding()) {
      return;
    }
    await withDeadline(this.#untilEnded(parts.start()), DEADLINES.starting);
    if (this.#isEnding()) {
      return;
    }
    this.#setState({ name: 'waiting', sinceMs: Date.now() });
    if (!(await this.#callerJoined(parts))) {
      return;
    }
    this.#setState({ name: 'greeting', sinceMs: Date.now() });
    const greeted = async (): Promise<void> => parts.greet();
    await this.#bounded(this.#untilEnded(greeted()), DEADLINES.greeting);
    if (!this.#isEnding() && this.#state.name === 'greeting') {
      this.#setState({ name: 'talking', sinceMs: Date.now() });
    }
  }

  /** Observers are told of every end that comes after their making, also of one that came before. */
  async #prepare(): Promise<CallParts> {
    const parts = await withDeadline(this.#options.prepare(), DEADLINES.preparing);
    if (this.#state.name === 'starting') {
      this.#parts = parts;
      this.#audience.gather(parts, this.#state);
    }
    return parts;
  }

  async #callerJoined(parts: CallParts): Promise<boolean> {
    const { callerJoinMs } = this.#options.limits;
    const late = `nobody joined within ${callerJoinMs} ms`;
    const timer = setTimeout(() => this.end('caller-never-came', late), callerJoinMs);
    try {
      await this.#untilEnded(parts.callerJoined());
    } finally {
      clearTimeout(timer);
    }
    return !this.#isEnding();
  }

  /** Waits no longer than the call lives. What the work does after that is nobody's business any more. */
  async #untilEnded(work: Promise<void>): Promise<void> {
    await Promise.race([work, this.#ended.promise]);
  }

  /** A method, not a field: the compiler would remember a field's value across an await. */
  #isEnding(): boolean {
    return this.#ending !== undefined;
  }

  async #wrapUp(reason: CallEndReason): Promise<void> {
    this.#setState({ name: 'wrapping-up', sinceMs: Date.now(), reason });
    const said = Promise.race([this.#parts?.quiet(), this.#hurry.promise]);
    await this.#bounded(said, lastWords(this.#options.limits));
  }

  /** Waits for something the call can do without: a failure or a passed deadline is reported, and the call goes on. */
  async #bounded(work: Promise<unknown>, deadline: DeadlineOptions): Promise<void> {
    try {
      await withDeadline(work, deadline);
    } catch (error) {
      this.report(asCallError(error), true);
    }
  }

  async #flush(): Promise<CallOutcome> {
    this.end('worker-shutdown', 'the worker was told to stop, or the job was ended from outside');
    const outcome = await (this.#running ?? this.run());
    await this.#audience.flush(outcome);
    this.#setState({ name: 'closed', sinceMs: Date.now(), outcome });
    return outcome;
  }

  /** The one line where the state changes. */
  #setState(next: CallState): void {
    const from = this.#state.name;
    requireFollows(from, next.name);
    this.#state = next;
    this.#options.log.info({ from, to: next.name }, 'call state changed');
    this.#audience.tellState(next);
  }
}
