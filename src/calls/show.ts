import { join } from 'node:path';
import { CALL_FILES, listCalls } from '../records/call-folder.js';
import { TARGETS, type TargetState } from '../records/delivery/state.js';
import { readJournal } from '../records/journal/read-journal.js';
import { readCall, type CallInfo } from './call-info.js';
import { figureRows } from './figure-rows.js';
import { figuresOf, type Figures } from './figures.js';
import { reportWords } from './list.js';
import { briefly, printable, seconds } from './printable.js';
import { CommandError, type CommandResult } from './result.js';
import { latencies, timeline, type Moment } from './timeline.js';

/** One call from its first entry to its last. Needs its journal and nothing else. */
export async function show(dataDir: string, callId: string): Promise<CommandResult> {
  const call = await known(dataDir, callId);
  const { entries, tornLines } = await readJournal(join(call.folder, CALL_FILES.journal));
  const moments = timeline(entries);
  const waits = latencies(moments);
  const figures = figuresOf(entries);
  const text = [
    ...heading(call, figures),
    '',
    ...moments.filter(isShown).map(line),
    '',
    waits === undefined
      ? 'No answer was waited for.'
      : `${waits.answers} answers, after ${seconds(waits.medianMs)} in the middle and ${seconds(waits.maxMs)} at most.`,
    ...(tornLines === 0 ? [] : [`${tornLines} lines of the journal cannot be read.`]),
  ].join('\n');
  return {
    text,
    json: { ...call, timeline: moments, latency: waits ?? null, figures, tornLines },
    exitCode: 0,
  };
}

/** @throws CommandError when there is no such call. */
export async function known(dataDir: string, callId: string): Promise<CallInfo> {
  if (!(await listCalls(dataDir)).includes(callId)) {
    throw new CommandError(
      `There is no call "${printable(callId, 140)}" in ${dataDir}. \`npm run calls\` lists those there are.`,
    );
  }
  return readCall(dataDir, callId);
}

function heading(call: CallInfo, figures: Figures): string[] {
  const outcome = outcomeWords(call);
  const rows: (readonly [string, string | undefined])[] = [
    ['call', call.callId],
    ['outcome', call.recovered === true ? `${outcome ?? ''} (recovered)` : outcome],
    ['candidate', call.candidateId],
    ['interview', call.interview],
    ['started', call.startedAt],
    ['duration', call.durationMs === undefined ? undefined : seconds(call.durationMs)],
    ...figureRows(figures),
    ['report', call.report === undefined ? undefined : reportWords(call)],
    ...TARGETS.map((name) => [name, stateWords(call.delivery[name])] as const),
    ['delivery', wasTried(call) ? undefined : 'nothing was sent anywhere'],
    ['folder', call.folder],
  ];
  return rows.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${name.padEnd(10)} ${printable(value)}`],
  );
}

/** How it ended, and what became of its records, as far as both are known. */
function outcomeWords({ status, outcome }: CallInfo): string | undefined {
  if (status === 'finished' || outcome === undefined) {
    return status === 'finished' ? outcome : status;
  }
  return `${outcome}; its records are not made yet`;
}

function wasTried({ status, delivery }: CallInfo): boolean {
  return status !== 'finished' || TARGETS.some((name) => delivery[name] !== undefined);
}

/** The start of a tool that has ended is said by its end. */
function isShown({ what, tookMs }: Moment): boolean {
  return what !== 'tool-started' || tookMs === undefined;
}

/** A target's state with its reason, in words. */
export function stateWords(state: TargetState | undefined): string | undefined {
  if (state === undefined) {
    return undefined;
  }
  const tries = state.attempts === 1 ? '1 attempt' : `${state.attempts} attempts`;
  switch (state.state) {
    case 'delivered':
      return `delivered at ${state.deliveredAt}, ${tries}`;
    case 'pending':
      return `pending, ${tries}, next at ${state.nextAt}. ${state.reason ?? ''}`;
    case 'parked':
      return `parked at ${state.parkedAt}, ${tries}. ${state.reason}`;
  }
}

function line({ afterMs, what, text, latencyMs, firstWordMs, tookMs }: Moment): string {
  const minutes = Math.floor(afterMs / 60_000);
  const clock = `${minutes}:${((afterMs % 60_000) / 1_000).toFixed(1).padStart(4, '0')}`;
  const waits = [
    latencyMs === undefined ? '' : `(after ${seconds(latencyMs)}) `,
    firstWordMs === undefined ? '' : `(first word, after ${seconds(firstWordMs)}) `,
    tookMs === undefined ? '' : `(took ${briefly(tookMs)}) `,
  ].join('');
  return `${clock.padStart(8)}  ${what.padEnd(13)}  ${waits}${printable(text)}`;
}
