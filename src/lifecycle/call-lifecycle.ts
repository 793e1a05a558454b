import type { CallEvent } from './call-event.js';
import { CallAudience } from './call-audience.js';
import { lastWordsOf, measured, type CallLifecycleOptions, type CallParts } from './call-parts.js';
import { ranTwice, requireFollows, type CallState } from './call-state.js';
import { withDeadline, type DeadlineOptions } from './deadline.js';
import { deferred } from './deferred.js';
import { EndDecision } from './end-decision.js';
import { asCallError, describeError, reasonFor, type CallError } from './errors.js';
import { DEADLINES, lastWords } from './limits.js';
import { describeOutcome, isGraceful, isModelGone, outcomeOf } from './ending.js';
import type { CallEndReason } from './end-reason.js';
import type { CallOutcome } from './outcome.js';
import type { TroubleEvent } from './trouble.js';
import { waitForCaller } from './wait-for-caller.js';

/**
 * One call, from its job to its outcome. Knows no LiveKit and no sockets: start-call.ts connects it.
 * The first `end` decides the outcome; a later one only hurries it.
 */
export class CallLifecycle {
  readonly #options: CallLifecycleOptions;
  readonly #audience: CallAudience;
  readonly #startedMs = Date.now();
  readonly #end = new EndDecision();
  readonly #prepared = deferred<undefined>();
  #state: CallState = { name: 'starting', sinceMs: this.#startedMs };
  #parts: CallParts | undefined;
  #greeted = false;
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
    this.#end.make({ reason, detail, error });
  }

  /** Reports an error to the log, the observers and the application; one that is not recoverable ends the call. */
  report(error: CallError, recoverable: boolean): void {
    this.#options.log[recoverable ? 'warn' : 'error'](describeError(error), 'error in the call');
    this.#audience.tellError(error, recoverable);
    if (!recoverable) {
      this.end(reasonFor(error), error.message, error);
    }
  }

  /** Trouble with the model that the call may recover from; and whatever else the observers may want to know. */
  trouble(event: TroubleEvent): void {
    this.#audience.tellTrouble(event);
  }
  happened(event: CallEvent): void {
    this.#audience.tellEvent(event);
  }

  /** The caller waits for words that do not come, or does not any more. */
  silence(isSilent: boolean): void {
    this.#audience.tellSilence(isSilent);
  }

  /** The model's connection is being opened again. */
  recovering(cause: string): void {
    if (!this.#end.isMade() && ['greeting', 'talking'].includes(this.#state.name)) {
      this.#setState({ name: 'recovering', sinceMs: Date.now(), cause });
    }
  }

  /** The model's connection is back. */
  recovered(): void {
    if (!this.#end.isMade() && this.#state.name === 'recovering') {
      this.#setState({ name: this.#greeted ? 'talking' : 'greeting', sinceMs: Date.now() });
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
    const ending = await this.#end.made;
    await this.#bounded(() => this.#prepared.promise, DEADLINES.finishingPreparing);
    if (isGraceful(ending.reason) && this.#state.name !== 'starting') {
      await this.#wrapUp(ending.reason);
    }
    const outcome = outcomeOf(ending, {
      callId: this.#options.callId,
      startedMs: this.#startedMs,
      ...measured(this.#parts, (error) => this.report(asCallError(error), true)),
    });
    this.#options.log.info(describeOutcome(outcome), 'call ended');
    this.#setState({ name: 'closing', sinceMs: Date.now(), outcome });
    await this.#bounded(() => this.#audience.told(), DEADLINES.telling);
    await this.#farewell(outcome.reason);
    return outcome;
  }

  /** From the job's start to the conversation. Each step asks whether the end came meanwhile. */
  async #live(): Promise<void> {
    const parts = await this.#prepare().finally(() => this.#prepared.resolve(undefined));
    if (this.#end.isMade()) {
      return;
    }
    await withDeadline(this.#end.orWork(parts.start()), DEADLINES.starting);
    if (this.#end.isMade()) {
      return;
    }
    this.#setState({ name: 'waiting', sinceMs: Date.now() });
    await waitForCaller(parts.callerJoined(), this.#options.limits.callerJoinMs, this.#end);
    if (this.#end.isMade()) {
      return;
    }
    this.#setState({ name: 'greeting', sinceMs: Date.now() });
    await this.#bounded(() => this.#end.orWork(parts.greet()), DEADLINES.greeting);
    this.#greeted = true;
    if (!this.#end.isMade() && this.#state.name === 'greeting') {
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

  async #wrapUp(reason: CallEndReason): Promise<void> {
    this.#setState({ name: 'wrapping-up', sinceMs: Date.now(), reason });
    const said = (): Promise<void> => lastWordsOf(this.#parts, reason);
    await this.#bounded(this.#end.unlessHurried(said), lastWords(this.#options.limits));
  }

  /** The outcome is decided and told by now; a caller who is still there hears why the agent leaves. */
  async #farewell(reason: CallEndReason): Promise<void> {
    const said = async (): Promise<void> => this.#parts?.farewell(this.#end.unheard);
    if (isModelGone(reason)) {
      await this.#bounded(said, DEADLINES.farewell);
    }
  }

  /** Does something the call can do without: a failure or a passed deadline is reported, and the call goes on. */
  async #bounded(work: () => Promise<unknown>, deadline: DeadlineOptions): Promise<void> {
    try {
      await withDeadline(work(), deadline);
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
