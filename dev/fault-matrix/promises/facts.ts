import { z } from 'zod';
import type { ConnectionRecord } from '../../realtime-simulator/connection-record.js';
import type { JournalEntry } from '../../../src/records/journal/entry.js';
import type { Evidence } from '../evidence.js';
import { linesOf } from '../probe-log.js';

const ENDING = new Set(['wrapping-up', 'closing', 'closed']);

type Entry<Type extends JournalEntry['type']> = Extract<JournalEntry, { type: Type }>;

/** The journal's entries of one type. */
export function entriesOf<Type extends JournalEntry['type']>(
  { journal }: Evidence,
  type: Type,
): Entry<Type>[] {
  return (journal?.entries ?? []).filter((one): one is Entry<Type> => one.type === type);
}

/** How the call ended, by its own account; null when it gave none. */
export function outcomeOf(evidence: Evidence): string | null {
  return (
    entriesOf(evidence, 'outcome').at(-1)?.reason ??
    evidence.heard.attributes['call.outcome'] ??
    loggedOutcome(evidence)
  );
}

const logged = z.object({
  msg: z.literal('call ended'),
  outcome: z.object({ reason: z.string() }),
});

function loggedOutcome({ log }: Evidence): string | null {
  const line = log.map((one) => logged.safeParse(one).data).find((one) => one !== undefined);
  return line?.outcome.reason ?? null;
}

/** When the fault came; of one that was there before anybody joined, when the call first met it. */
export function metAt({ row, faultAt, connections, job }: Evidence): number | null {
  return row.when === 'before-join'
    ? (connections[0]?.askedAt ?? linesOf(job, 'job').at(0)?.at ?? faultAt)
    : faultAt;
}

/** When the end was decided, by the call's own account; what it says to the caller comes after that. */
function decidedAt(evidence: Evidence): number | undefined {
  const decided = entriesOf(evidence, 'state').find(({ state }) => ENDING.has(state));
  return decided === undefined ? undefined : Date.parse(decided.at);
}

/** When the process went without a word, and the caller was still there. */
function diedAt({ jobGoneAt, hungUpAt }: Evidence): number | null {
  return jobGoneAt !== null && jobGoneAt <= hungUpAt ? jobGoneAt : null;
}

/** From the fault to the end of the call, by its own account, or else to be seen by the caller; null when it has none. */
export function endedAfterMs(evidence: Evidence): number | null {
  const from = metAt(evidence);
  const endedAt = decidedAt(evidence) ?? evidence.heard.agentGoneAt ?? diedAt(evidence);
  return from === null || endedAt === null ? null : Math.max(0, Math.round(endedAt - from));
}

/** Connections tried: as many as the simulator saw, or as the call counted when nothing reached the simulator. */
export function attempts(evidence: Evidence): number {
  const counted = entriesOf(evidence, 'outcome').at(-1)?.modelConnections ?? 0;
  return Math.max(counted, evidence.connections.length);
}

/** The connections that came about, oldest first. */
export function opened({ connections }: Evidence): (ConnectionRecord & { openedAt: number })[] {
  return connections.flatMap((one) =>
    one.openedAt === null ? [] : [{ ...one, openedAt: one.openedAt }],
  );
}

/** A stretch of time; one without an end is still going on. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The most spans that go on at once. */
export function peak(spans: readonly Span[]): number {
  return Math.max(
    0,
    ...spans.map(({ from }) => spans.filter((one) => one.from <= from && from < one.to).length),
  );
}

/** The job's connections to the model's address, as the job's process saw them. */
export function ownSockets({ job, modelPort }: Evidence): Span[] {
  const closings = linesOf(job, 'socket-closed');
  const end = linesOf(job, 'exit').at(-1)?.at ?? Number.POSITIVE_INFINITY;
  return linesOf(job, 'socket-open')
    .filter(({ port }) => port === modelPort)
    .map(({ id, at }) => ({ from: at, to: closings.find((one) => one.id === id)?.at ?? end }));
}
