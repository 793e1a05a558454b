import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runScriptedCall, type CallEvent, type CallReport } from '../../dev/caller/index.js';
import type { ConnectionRecord } from '../../dev/realtime-simulator/connection-record.js';
import type { JournalEntry } from '../../src/records/journal/index.js';
import { dialogue, journalOf, last } from './support/call.js';
import { exits, jobProcesses } from './support/processes.js';
import { SHIPPED, testStack, type TestStack } from './support/stack.js';

let english: TestStack;
let russian: TestStack;
/** An interview takes a minute: both are held at the same time, by a worker each. */
let reports: { readonly english: CallReport; readonly russian: CallReport };
let jobs: readonly number[] = [];

beforeAll(async () => {
  [english, russian] = await Promise.all([
    testStack('dev', {}, { conversation: SHIPPED }),
    testStack('start'),
  ]);
  const noteJobs = ({ type }: CallEvent) => {
    jobs = type === 'joined' ? jobs : [...jobs, ...jobProcesses(english.worker.pid)];
  };
  const [inEnglish, inRussian] = await Promise.all([
    hold(english, { language: 'en', onEvent: noteJobs }),
    hold(russian, { language: 'ru' }),
  ]);
  reports = { english: inEnglish, russian: inRussian };
});
afterAll(async () => {
  await english.end();
  await russian.end();
});

/** Holds one whole interview, from the greeting to the goodbye. */
function hold(
  { livekit, agentName, simulator, dataDir }: TestStack,
  call: { readonly language: string; readonly onEvent?: (event: CallEvent) => void },
): Promise<CallReport> {
  return runScriptedCall({ livekit, agentName, control: simulator.control, dataDir, ...call });
}

/** Each test looks at another side of the same interview. */
describe('an interview', () => {
  let report: CallReport;
  let journal: readonly JournalEntry[];
  let connections: ConnectionRecord[];

  beforeAll(async () => {
    report = reports.english;
    await exits(jobs);
    journal = report.callId === null ? [] : await journalOf(english, report.callId);
    connections = await english.simulator.control.connections();
  });

  it('goes from greeting to goodbye without a problem', () => {
    expect(report.problems).toEqual([]);
    expect(report).toMatchObject({ ok: true, outcome: 'completed' });
  });

  it('lets the caller hear the greeting', () => {
    expect(report.greetingHeardMs).toBeGreaterThan(0);
  });

  it('lets the caller hear a reply in every turn', () => {
    expect(report.turns).toHaveLength(7);
    for (const turn of report.turns) {
      expect(turn.heardMs, turn.said).toBeGreaterThan(0);
    }
  });

  it('falls silent when the caller talks over it, and knows what was heard', () => {
    const full =
      'That is a good answer. An outbox keeps the message and the data in one transaction';
    expect(report.turns.map((turn) => turn.interruptedAfterMs !== undefined)).toEqual([
      false,
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
    const cut = journal.filter((entry) => entry.type === 'utterance' && entry.interrupted === true);
    expect(cut).toHaveLength(1);
    expect(full.startsWith(dialogue(cut)[0]!.replace('agent: ', '').slice(0, 12))).toBe(true);
    expect(dialogue(cut)[0]!.length).toBeLessThan(full.length);
  });

  it('runs the tool that the model calls, and speaks of its result', () => {
    const tool = journal.find((entry) => entry.type === 'tool' && entry.name === 'get_transcript');
    expect(tool).toMatchObject({ isError: false });
    expect(dialogue(journal)).toContainEqual(
      expect.stringMatching(/^agent: I have noted \d+ utterances so far/),
    );
  });

  it('goes through every question of the plan, and writes a report before it ends', () => {
    expect(questionsOf(journal)).toEqual(['hard-problem', 'incident', 'disagreement', 'next-team']);
    const { report: saved } = last(journal, 'report')!;
    expect(saved).toMatchObject({ recommendation: 'yes' });
    expect(saved.questions.every(({ asked }) => asked)).toBe(true);
    const started = journal.filter(({ type }) => type === 'tool-started');
    expect(started).toHaveLength(journal.filter(({ type }) => type === 'tool').length);
  });

  it('has both sides in its journal, in the order in which they spoke', () => {
    const sides = dialogue(journal).map((line) => line.split(':')[0]);
    expect(sides).toEqual(Array.from({ length: 15 }, (_, n) => (n % 2 === 0 ? 'agent' : 'caller')));
    expect(dialogue(journal).filter((line) => line.startsWith('caller'))).toEqual(
      report.turns.map(({ said }) => `caller: ${said}`),
    );
    expect(journal.map(({ seq }) => seq)).toEqual(journal.map((_, index) => index + 1));
  });

  it('ends its journal with the one outcome, usage included', () => {
    expect(journal.filter(({ type }) => type === 'outcome')).toHaveLength(1);
    expect(journal.at(-1)?.type).toBe('outcome');
    const outcome = last(journal, 'outcome')!;
    expect(outcome).toMatchObject({ reason: 'completed', modelConnections: 1 });
    expect(outcome.usage[0]?.['outputTokens']).toBeGreaterThan(0);
  });

  it('walks through its states, one after the other', () => {
    const states = journal.flatMap((entry) => (entry.type === 'state' ? [entry.state] : []));
    expect(states).toEqual([
      'starting',
      'waiting',
      'greeting',
      'talking',
      'wrapping-up',
      'closing',
    ]);
  });

  it('used exactly one model socket, and closed it', () => {
    expect(connections).toHaveLength(1);
    expect(connections[0]).toMatchObject({ closedBy: 'client' });
    expect(connections[0]!.closedAt).not.toBeNull();
  });

  it('left no job process behind', () => {
    expect(jobs.length).toBeGreaterThan(0);
    expect(jobProcesses(english.worker.pid)).toEqual([]);
  });

  it('wrote its id on every line that speaks of the call', () => {
    const ofTheCall = english.worker
      .lines()
      .filter(({ msg }) => msg === 'call state changed' || msg === 'call ended');
    expect(ofTheCall).toHaveLength(7);
    expect(new Set(ofTheCall.map((line) => line['callId']))).toEqual(new Set([report.callId]));
  });

  it('says first of all that a simulator speaks', () => {
    expect(english.worker.lines()[0]?.['msg']).toMatch(/^SIMULATOR/);
  });
});

/** Ids of the questions that were answered, in their order. */
function questionsOf(journal: readonly JournalEntry[]): string[] {
  return journal.flatMap((entry) =>
    entry.type === 'question' && entry.state === 'answered' ? [entry.id] : [],
  );
}

describe('an interview in Russian', () => {
  it('goes from greeting to goodbye, through every question, and is reported in Russian', async () => {
    const report = reports.russian;
    expect(report.problems).toEqual([]);
    expect(report).toMatchObject({ ok: true, outcome: 'completed' });
    const journal = await journalOf(russian, report.callId!);
    expect(questionsOf(journal)).toHaveLength(4);
    const { report: saved } = last(journal, 'report')!;
    expect(saved.summary).toMatch(/\p{Script=Cyrillic}/u);
    expect(saved.questions).toHaveLength(4);
  });
});
