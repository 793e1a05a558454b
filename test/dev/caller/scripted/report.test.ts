import { describe, expect, it } from 'vitest';
import { judge, type CallFacts } from '../../../../dev/caller/scripted/report.js';

const goodCall: CallFacts = {
  room: 'scripted-1',
  callId: 'AJ_1',
  joinedMs: 300,
  firstWordMs: 1200,
  greetingHeardMs: 4000,
  turns: [
    { said: 'one', heardMs: 2000, replyAfterMs: 800, interruptedAfterMs: 300 },
    { said: 'two', heardMs: 1500, replyAfterMs: 700 },
  ],
  modelSockets: 1,
  problems: [],
  outcomeSeen: 'completed',
  outcomeWritten: 'completed',
  agentsSeen: 1,
  turnsExpected: 2,
  interruptExpected: [0],
};

/** The good call, with one thing changed. */
function problemsOf(change: Partial<CallFacts>): readonly string[] {
  const { ok, problems } = judge({ ...goodCall, ...change });
  expect(ok).toBe(problems.length === 0);
  return problems;
}

describe('a scripted call', () => {
  it('is ok when everything was heard and it was completed', () => {
    expect(judge(goodCall)).toEqual({
      ok: true,
      outcome: 'completed',
      room: 'scripted-1',
      callId: 'AJ_1',
      joinedMs: 300,
      firstWordMs: 1200,
      greetingHeardMs: 4000,
      turns: goodCall.turns,
      modelSockets: 1,
      problems: [],
    });
  });

  it('is ok without a simulator to ask and a journal to read', () => {
    expect(problemsOf({ modelSockets: null, outcomeWritten: undefined })).toEqual([]);
  });

  it.each<[string, Partial<CallFacts>, RegExp]>([
    ['the greeting was not heard', { greetingHeardMs: 0 }, /greeting was not heard/],
    [
      'a reply was not heard',
      { turns: [goodCall.turns[0]!, { said: 'two', heardMs: 0, replyAfterMs: null }] },
      /No reply was heard to: two/,
    ],
    ['a turn is missing', { turns: goodCall.turns.slice(0, 1) }, /Only 1 of 2 turns/],
    [
      'the agent did not stop when talked over',
      { turns: [{ said: 'one', heardMs: 2000, replyAfterMs: 800 }, goodCall.turns[1]!] },
      /reply of turn 1 was not interrupted/,
    ],
    ['two agents came', { agentsSeen: 2 }, /2 agents were in the room/],
    ['no outcome came', { outcomeSeen: null, outcomeWritten: undefined }, /No outcome/],
    ['it ended otherwise', { outcomeSeen: 'crashed', outcomeWritten: 'crashed' }, /with crashed/],
    ['the journal disagrees', { outcomeWritten: 'caller-left' }, /journal says caller-left/],
    ['the journal has no outcome', { outcomeWritten: null }, /journal says nothing/],
    ['a second socket was opened', { modelSockets: 2 }, /2 connections to the model/],
    ['no socket was opened', { modelSockets: 0 }, /0 connections to the model/],
    ['something went wrong on the way', { problems: ['It rained.'] }, /It rained/],
  ])('is not ok when %s', (_what, change, problem) => {
    expect(problemsOf(change)).toEqual([expect.stringMatching(problem)]);
  });

  it('takes the journal’s outcome when the room told none', () => {
    const report = judge({ ...goodCall, outcomeSeen: null, outcomeWritten: 'completed' });
    expect(report).toMatchObject({ ok: true, outcome: 'completed' });
  });
});
