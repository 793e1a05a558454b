import type { ConnectionRecord } from '../../../../dev/realtime-simulator/connection-record.js';
import type { SeenEvent } from '../../../../dev/realtime-simulator/event-log.js';
import type { Evidence } from '../../../../dev/fault-matrix/evidence.js';
import type { ProbeLine, ProcessTrace } from '../../../../dev/fault-matrix/probe-log.js';
import type { Promised, Row } from '../../../../dev/fault-matrix/row.js';
import type { JournalEntry, NewEntry } from '../../../../src/records/journal/entry.js';

/** When the row began; everything else is told in milliseconds after it. */
export const BEGIN = Date.parse('2026-01-01T00:00:00Z');

export const row: Row = {
  id: 'running-cut-idle',
  family: 'running',
  fault: 'The connection is cut while nobody speaks',
  when: 'idle',
  inject: [],
  course: { kind: 'asks', times: 1 },
  promised: {
    outcomes: ['caller-left'],
    hears: 'every-answer',
    connections: { least: 1, most: 2 },
    reconnectsWithinMs: 200,
  },
};

/** The same row with other promises. */
export function promising(promised: Partial<Promised>, changes: Partial<Row> = {}): Row {
  return { ...row, ...changes, promised: { ...row.promised, ...promised } };
}

/** One connection that was open from one moment to another; without an end it still is. */
export function connection(
  id: string,
  fromMs: number,
  toMs: number | null,
  out: Record<string, number> = {},
): ConnectionRecord {
  return {
    id,
    askedAt: BEGIN + fromMs,
    openedAt: BEGIN + fromMs,
    closedAt: toMs === null ? null : BEGIN + toMs,
    refusedWith: null,
    closeCode: 1000,
    closeReason: '',
    closedBy: 'client',
    path: '/v1/realtime',
    userAgent: '',
    events: { in: {}, out },
    audio: { heardMs: 0, spokenMs: 0 },
    session: null,
  };
}

/** An attempt that was refused. */
export function refusal(id: string, atMs: number): ConnectionRecord {
  return { ...connection(id, atMs, atMs + 5), openedAt: null, refusedWith: 500 };
}

type NewLine = ProbeLine extends infer Line
  ? Line extends ProbeLine
    ? Omit<Line, 'at'> & { readonly atMs?: number }
    : never
  : never;

export function trace(pid: number, ...lines: readonly NewLine[]): ProcessTrace {
  return {
    pid,
    lines: lines.map(({ atMs = 1000, ...line }) => ({ at: BEGIN + atMs, ...line })),
  };
}

export const socketLines = (id: number, fromMs: number, toMs: number): NewLine[] => [
  { kind: 'socket-open', id, port: 4000, atMs: fromMs },
  { kind: 'socket-closed', id, port: 4000, atMs: toMs },
];

export function seen(
  connectionId: string,
  direction: 'in' | 'out',
  event: { readonly type: string },
): SeenEvent {
  return { connection: connectionId, direction, at: BEGIN, type: event.type, event };
}

const ended: NewEntry[] = [
  { type: 'state', state: 'talking' },
  { type: 'state', state: 'closing' },
  {
    type: 'outcome',
    callId: 'AJ_1',
    reason: 'caller-left',
    startedAt: new Date(BEGIN).toISOString(),
    endedAt: new Date(BEGIN + 9000).toISOString(),
    durationMs: 9000,
    modelConnections: 1,
    usage: [],
  },
];

export function journal(...entries: readonly NewEntry[]): NonNullable<Evidence['journal']> {
  return {
    entries: entries.map((entry, index): JournalEntry => ({
      seq: index + 1,
      at: new Date(BEGIN + 9000).toISOString(),
      ...entry,
    })),
    tornLines: 0,
    endsTorn: false,
  };
}

/** A call that ended as a call with that reason does. */
export function journalOf(reason: string, changes: { modelConnections?: number } = {}) {
  return journal(
    ...ended.map((entry) => (entry.type === 'outcome' ? { ...entry, reason, ...changes } : entry)),
  );
}

/** What is seen of a call in which every promise was kept. */
export function evidence(changes: Partial<Evidence> = {}): Evidence {
  return {
    row,
    subject: 'steadfast',
    callId: 'AJ_1',
    startedAt: BEGIN,
    faultAt: BEGIN + 4000,
    hungUpAt: BEGIN + 9000,
    endedAt: BEGIN + 10_000,
    problem: null,
    connections: [connection('conn_1', 1000, 4000), connection('conn_2', 4100, 9000)],
    events: [],
    heard: {
      joinedAt: BEGIN,
      firstWordAt: BEGIN + 1500,
      asks: [{ saidAt: BEGIN + 5000, heardMs: 800, answeredAfterMs: 300 }],
      afterFaultMs: 800,
      agentGoneAt: null,
      agents: 1,
      attributes: {},
      sentences: [],
    },
    journal: journal(...ended),
    log: [],
    job: trace(
      7,
      { kind: 'session', sessions: 1, started: 1 },
      ...socketLines(1, 1000, 4000),
      ...socketLines(2, 4100, 9000),
      { kind: 'exit', code: 0, resources: [], atMs: 9500 },
    ),
    processes: [trace(7)],
    jobGoneAt: BEGIN + 9500,
    workerAsExpected: true,
    modelPort: 4000,
    openBefore: 1,
    openAtEnd: 0,
    telemetry: [],
    secrets: [{ name: 'the key', value: 'sk-planted' }],
    texts: { 'the output': 'nothing to hide' },
    lagMs: 0,
    ...changes,
  };
}
