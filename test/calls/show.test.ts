import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../dev/stack/support/temporary-folder.js';
import { finishedCall } from '../records/delivery/support/finished-call.js';
import { call as opening } from '../records/sample-call.js';
import { calls, journal, json, said } from './support.js';

const cause = { code: 'MODEL_FAILED', message: 'closed with 1011', category: 'server' };
const failure = {
  code: 'MODEL_FAILED',
  fault: 'model',
  message: '4 attempts failed; last: closed with 1011',
  remedy: 'Check the model service’s status.',
  category: 'server',
};
const tool = { name: 'next_question', arguments: '{}', output: '"…"' };

/** A call with everything in it that an operator may have to understand. */
const TROUBLED = journal([
  [0, { ...opening, simulated: true, worker: { version: '0.1.0', host: 'vm-3', pid: 17 } }],
  [10, { type: 'state', state: 'starting' }],
  [300, { type: 'state', state: 'greeting' }],
  [1_000, { type: 'agent-state', state: 'speaking' }],
  [4_000, said('agent', 'Hello, who are you?', 1_020)],
  [6_000, { type: 'user-state', state: 'speaking' }],
  [8_000, { type: 'user-state', state: 'listening' }],
  [8_100, { type: 'tool-started', name: 'next_question' }],
  [8_400, { type: 'tool', ...tool, isError: false }],
  [9_500, { type: 'agent-state', state: 'speaking' }],
  [11_000, said('agent', 'Go on.', 9_500)],
  [12_000, { type: 'livekit-back', downMs: 1_200 }],
  [13_000, { type: 'error', ...failure, message: 'a rate limit', recoverable: true }],
  [14_000, { type: 'reconnecting', attempt: 1, of: 4, delayMs: 0, cause }],
  [14_800, { type: 'reconnected', downMs: 800 }],
  [15_000, { type: 'reply-lost', againInMs: 0, cause }],
  [16_000, { type: 'tool-started', name: 'save_report' }],
  [17_000, { type: 'model-renewed', downMs: 150 }],
  [20_000, { type: 'error', ...failure, recoverable: false }],
  [
    21_000,
    {
      type: 'outcome',
      callId: 'AJ_1',
      reason: 'model-unavailable',
      detail: failure.message,
      error: failure,
      startedAt: '2026-01-01T12:00:00.000Z',
      endedAt: '2026-01-01T12:00:20.000Z',
      durationMs: 20_000,
      modelConnections: 5,
      usage: [{ inputTokens: 1_200, outputTokens: 340, outputAudioTokens: 340 }],
      peakMemoryMb: 171,
    },
  ],
]);

async function troubled(): Promise<string> {
  const data = temporaryFolder();
  await finishedCall(data, 'AJ_1', { 'call.json': null, 'journal.jsonl': TROUBLED });
  return data;
}

describe('npm run calls -- show', () => {
  it('says first why the call ended, whose fault that is, where its log is, and what it took', async () => {
    const { output } = await calls(await troubled(), ['show', 'AJ_1']);
    const heading = Object.fromEntries(
      (output.split('\n\n')[0] ?? '')
        .split('\n')
        .map((line) => [line.slice(0, 10).trim(), line.slice(11)]),
    );

    expect(heading).toMatchObject({
      outcome: 'model-unavailable; its records are not made yet',
      why: 'MODEL_FAILED (fault: model, server): 4 attempts failed; last: closed with 1011 → Check the model service’s status.',
      room: 'room-1',
      worker: 'version 0.1.0 on vm-3, process 17',
      model:
        'gpt-realtime-mini (a simulator), 5 connections, 1 attempt to mend a lost one, lost and back after 800 ms, renewed 1 time as planned, 1 answer asked for again',
      livekit: 'lost and back after 1.2s',
      'first word': 'after 0.7s',
      tools: 'next_question 1 call, 300 ms at most',
      errors: 'MODEL_FAILED (fault: model, server) 2 times',
      memory: '171 MB at most',
    });
    expect(heading['tokens']).toMatch(/^1200 in, 340 out, about 0\.00\d+ USD$/);
  });

  it('tells each moment with its wait, its cause and what to do', async () => {
    const { output } = await calls(await troubled(), ['show', 'AJ_1']);
    const lines = output
      .split('\n')
      .filter((line) => /^ +\d/.test(line))
      .map((line) => line.trim().replace(/ {2,}/g, '|'));

    expect(lines).toEqual(
      expect.arrayContaining([
        '0:01.0|agent|(first word, after 0.7s) Hello, who are you?',
        '0:08.4|tool|(took 300 ms) next_question({}) gave: "…"',
        '0:09.5|agent|(after 1.5s) Go on.',
        '0:12.0|livekit-back|after 1200 ms',
        '0:13.0|error|MODEL_FAILED (fault: model, server): a rate limit → Check the model service’s status. (the call goes on)',
        '0:14.0|reconnecting|attempt 1 of 4 in 0 ms, because of MODEL_FAILED (server): closed with 1011',
        '0:15.0|reply-lost|asked for again in 0 ms, because of MODEL_FAILED (server): closed with 1011',
        // It has not ended, and that may be what went wrong.
        '0:16.0|tool-started|save_report',
        '0:17.0|model-renewed|in 150 ms, as planned',
      ]),
    );
    expect(output).not.toContain('tool-started   next_question');
  });

  it('gives the same figures to machines', async () => {
    expect(await json(await troubled(), ['show', 'AJ_1'])).toMatchObject({
      callId: 'AJ_1',
      status: 'unfinished',
      latency: { answers: 1, medianMs: 1_500, maxMs: 1_500 },
      tornLines: 0,
      figures: {
        firstWordMs: 700,
        modelConnections: 5,
        modelAttempts: 1,
        modelDownMs: [800],
        livekitDownMs: [1_200],
        tools: [{ name: 'next_question', calls: 1, failed: 0, maxMs: 300 }],
        errors: [{ code: 'MODEL_FAILED', fault: 'model', times: 2, recovered: false }],
        tokens: { in: 1_200, out: 340 },
      },
    });
  });

  it('says that nothing was sent anywhere when no target was tried', async () => {
    const data = temporaryFolder();
    await finishedCall(data, 'AJ_1');
    expect((await calls(data, ['show', 'AJ_1'])).output).toContain('nothing was sent anywhere');
  });
});
