import { basename, join } from 'node:path';
import type { CallLog } from '../../lifecycle/log.js';
import { CALL_FILES } from '../call-folder.js';
import { isThere } from '../files.js';
import { Claim } from '../keeper/claim.js';
import { MAX_ATTEMPTS, retryDelayMs } from './retry-policy.js';
import { isDue, readState, writeState, type DeliveryState, type TargetState } from './state.js';
import { ATTEMPT_MS, type AttemptResult, type DeliveryTarget } from './target.js';

/** After the last attempt there is no delay to tell when a process that died in it is done for. */
const LAST_ATTEMPT_MS = 5 * ATTEMPT_MS;

export interface DeliverOptions {
  readonly targets: readonly DeliveryTarget[];
  readonly log: CallLog;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** Between 0 and 1. */
  readonly random: () => number;
  /** Try also what is parked, or still has to wait: a person asks for it. What is delivered stays so. */
  readonly anew?: boolean;
}

/**
 * `busy`: another process has the folder. `unfinished`: there is no call.json. `done`: every target that was due has
 * been tried once; `state` says what came of it.
 */
export type DeliverResult =
  | { readonly kind: 'busy' | 'unfinished' }
  | { readonly kind: 'done'; readonly state: DeliveryState };

/**
 * Tries every target that is due, once, and writes down what came of it. What is about to be tried is written down
 * before: a process that dies in between, or a disk that is full, cannot make the attempts endless.
 *
 * @throws the system's error when the folder cannot be read or written; nothing was sent then that is not counted.
 */
export async function deliverCall(folder: string, options: DeliverOptions): Promise<DeliverResult> {
  if (!(await isThere(join(folder, CALL_FILES.call)))) {
    return { kind: 'unfinished' };
  }
  const before = await readState(folder);
  if (dueTargets(before, options).length === 0) {
    return { kind: 'done', state: before };
  }
  const claim = await Claim.take(folder);
  if (claim === undefined) {
    return { kind: 'busy' };
  }
  try {
    if (!(await claim.isMine())) {
      return { kind: 'busy' };
    }
    return { kind: 'done', state: await tryAll(folder, options) };
  } finally {
    await claim.release();
  }
}

function dueTargets(state: DeliveryState, { targets, now, anew }: DeliverOptions) {
  return targets.filter(({ name }) =>
    anew === true ? state[name]?.state !== 'delivered' : isDue(state[name], now()),
  );
}

async function tryAll(folder: string, options: DeliverOptions): Promise<DeliveryState> {
  // Read again: before the claim was ours, its last holder may have delivered.
  const state = { ...(await readState(folder)) };
  const due = dueTargets(state, options);
  for (const { name } of due) {
    state[name] = begun(state[name], options);
  }
  await writeState(folder, state);
  const results = await Promise.all(
    due.map(async (target) =>
      state[target.name]?.state === 'pending' ? attempt(target, folder, options) : undefined,
    ),
  );
  due.forEach(({ name }, position) => {
    const result = results[position];
    const was = state[name];
    if (result !== undefined && was?.state === 'pending') {
      state[name] = after(result, was, options);
      tell(options.log, basename(folder), name, state[name], result);
    }
  });
  await writeState(folder, state);
  return state;
}

/** The state while an attempt is under way: should we not live to see its end, it is due again after a while. */
function begun(was: TargetState | undefined, options: DeliverOptions): TargetState {
  const before = options.anew === true || was === undefined ? 0 : was.attempts;
  if (before >= MAX_ATTEMPTS) {
    const reason = 'The process ended in the middle of the last attempt.';
    return { state: 'parked', attempts: before, parkedAt: isoIn(0, options), reason };
  }
  const attempts = before + 1;
  const delayMs = retryDelayMs(attempts, undefined, options.random()) ?? LAST_ATTEMPT_MS;
  return { state: 'pending', attempts, nextAt: isoIn(delayMs, options) };
}

/** Undefined when the worker stops: that is no failure of the receiver. */
async function attempt(
  target: DeliveryTarget,
  folder: string,
  { signal }: DeliverOptions,
): Promise<AttemptResult | undefined> {
  try {
    signal.throwIfAborted();
    return await target.send(basename(folder), folder, signal);
  } catch (error) {
    if (signal.aborted) {
      return undefined;
    }
    return { delivered: false, permanent: false, reason: messageOf(error) };
  }
}

function after(
  result: AttemptResult,
  { attempts }: TargetState,
  options: DeliverOptions,
): TargetState {
  const nowIso = isoIn(0, options);
  if (result.delivered) {
    return { state: 'delivered', attempts, deliveredAt: nowIso };
  }
  const { permanent, retryAfterMs } = result;
  const reason =
    result.said === undefined ? result.reason : `${result.reason} It said: ${result.said}`;
  const delayMs = permanent ? undefined : retryDelayMs(attempts, retryAfterMs, options.random());
  return delayMs === undefined
    ? { state: 'parked', attempts, parkedAt: nowIso, reason }
    : { state: 'pending', attempts, nextAt: isoIn(delayMs, options), reason };
}

function tell(
  log: CallLog,
  callId: string,
  target: string,
  state: TargetState,
  result: AttemptResult,
): void {
  const { attempts } = state;
  const reason = result.delivered ? undefined : result.reason;
  switch (state.state) {
    case 'delivered':
      log.info({ callId, target, attempts }, 'records delivered');
      return;
    case 'pending':
      log.warn(
        { callId, target, attempts, reason, nextAt: state.nextAt },
        'records not delivered yet; they will be tried again',
      );
      return;
    case 'parked':
      log.error(
        { callId, target, attempts, reason },
        'records not delivered, and parked: mend the cause, then `npm run calls -- retry --parked`',
      );
      return;
  }
}

function isoIn(delayMs: number, { now }: DeliverOptions): string {
  return new Date(now() + delayMs).toISOString();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
