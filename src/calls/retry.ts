import type { RecordsConfig } from '../config/records.js';
import { deliverCall } from '../records/delivery/deliver-call.js';
import type { DeliveryTarget } from '../records/delivery/target.js';
import { targetsOf } from '../records/delivery/targets.js';
import type { CallInfo } from './call-info.js';
import { readAll } from './list.js';
import { printable } from './printable.js';
import { CommandError, type CommandResult } from './result.js';
import { known, stateWords } from './show.js';

/** Nobody reads a log here: the result says it all. */
const SILENT = { info: nothing, warn: nothing, error: nothing };

/**
 * Delivers one call, or all that are parked, now, with all their attempts before them again. What still fails waits for
 * the worker's next attempt. What was delivered is not sent again.
 *
 * @param which a call's id, or undefined: all that are parked
 */
export async function retry(
  config: RecordsConfig,
  which: string | undefined,
): Promise<CommandResult> {
  const targets = targetsOf(config.delivery);
  if (targets.length === 0) {
    throw new CommandError(
      'There is nowhere to deliver to: set REPORT_WEBHOOK_URL and REPORT_WEBHOOK_SECRET, or RECORDS_URL.',
      2,
    );
  }
  const calls =
    which === undefined
      ? (await readAll(config.dataDir)).filter((call) => isParked(call, targets))
      : [await known(config.dataDir, which)];
  const results = [];
  for (const call of calls) {
    results.push({ callId: call.callId, ...(await attempt(call, targets)) });
  }
  return {
    text:
      results.length === 0
        ? 'Nothing is parked.'
        : results
            .flatMap(({ callId, lines }) => lines.map((line) => `${callId}  ${printable(line)}`))
            .join('\n'),
    json: results.map(({ callId, result, delivery }) => ({ callId, result, delivery })),
    exitCode: results.every(({ result }) => result === 'delivered') ? 0 : 1,
  };
}

function isParked({ delivery }: CallInfo, targets: readonly DeliveryTarget[]): boolean {
  return targets.some(({ name }) => delivery[name]?.state === 'parked');
}

async function attempt({ folder, delivery }: CallInfo, targets: readonly DeliveryTarget[]) {
  const done = await deliverCall(folder, {
    targets,
    log: SILENT,
    signal: new AbortController().signal,
    now: Date.now,
    random: Math.random,
    anew: true,
  });
  if (done.kind !== 'done') {
    const why =
      done.kind === 'busy'
        ? 'a worker has it in hand just now; look again in a minute'
        : 'is not finished yet: there is nothing to deliver';
    return { result: done.kind, delivery, lines: [why] };
  }
  const { state } = done;
  const isDelivered = targets.every(({ name }) => state[name]?.state === 'delivered');
  return {
    result: isDelivered ? ('delivered' as const) : ('failed' as const),
    delivery: state,
    lines: targets.map(({ name }) => `${name}: ${stateWords(state[name]) ?? 'not tried'}`),
  };
}

function nothing(): void {
  // The result says it.
}
