import { listCalls } from '../records/call-folder.js';
import { TARGETS, type DeliveryState } from '../records/delivery/state.js';
import { readCall, type CallInfo } from './call-info.js';
import { seconds, table } from './printable.js';
import type { CommandResult } from './result.js';

/** Every call there is, the newest first. */
export async function list(dataDir: string): Promise<CommandResult> {
  const calls = await readAll(dataDir);
  calls.sort((a, b) => (b.startedAt ?? '').localeCompare(a.startedAt ?? ''));
  const rows = calls.map((call) => [
    call.callId,
    call.status === 'finished' ? (call.outcome ?? '') : call.status,
    call.candidateId ?? '-',
    call.startedAt?.slice(0, 19).replace('T', ' ') ?? '-',
    call.durationMs === undefined ? '-' : seconds(call.durationMs),
    reportWords(call),
    deliveryWords(call.delivery),
  ]);
  const headings = ['CALL', 'OUTCOME', 'CANDIDATE', 'STARTED (UTC)', 'DURATION', 'REPORT'];
  return {
    text: calls.length === 0 ? `No calls in ${dataDir}.` : table([...headings, 'DELIVERY'], rows),
    json: calls,
    exitCode: 0,
  };
}

/** Every call; one that goes away meanwhile is left out. */
export async function readAll(dataDir: string): Promise<CallInfo[]> {
  const calls: CallInfo[] = [];
  for (const callId of await listCalls(dataDir)) {
    calls.push(await readCall(dataDir, callId));
  }
  return calls;
}

/** Who made the report, and whether it is late or partial. */
export function reportWords({ report }: CallInfo): string {
  if (report === undefined) {
    return '-';
  }
  const marks = [
    ...(report.late === true ? ['late'] : []),
    ...(report.partial === true ? ['partial'] : []),
  ];
  return marks.length === 0 ? report.source : `${report.source} (${marks.join(', ')})`;
}

/** Each target that was tried, with its state. */
export function deliveryWords(delivery: DeliveryState): string {
  const words = TARGETS.flatMap((name) => {
    const state = delivery[name];
    return state === undefined ? [] : [`${name} ${state.state}`];
  });
  return words.length === 0 ? '-' : words.join(', ');
}
