import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Lease } from '../../src/records/keeper/lease.js';
import { temporaryFolder } from '../dev/stack/support/temporary-folder.js';
import { ANY_CALL, finishedCall } from '../records/delivery/support/finished-call.js';
import { calls, journal, json, said } from './support.js';

const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/; // eslint-disable-line no-control-regex -- what must not be there

test('calls are listed with outcome, candidate, report and delivery, the newest first', async () => {
  const data = temporaryFolder();
  await finishedCall(data, 'AJ_old', {
    'call.json': JSON.stringify({
      callId: 'AJ_old',
      ...ANY_CALL,
      startedAt: '2025-12-31T08:00:00.000Z',
      outcome: 'crashed',
      report: { source: 'after-call', late: true, partial: true },
    }),
  });
  await finishedCall(data, 'AJ_new', {
    'delivery.json': JSON.stringify({
      webhook: { state: 'delivered', attempts: 1, deliveredAt: '2026-01-01T13:00:00.000Z' },
    }),
  });

  const { output, exitCode } = await calls(data, []);

  expect(exitCode).toBe(0);
  expect(output.split('\n')[1]).toMatch(
    /^AJ_new +completed +cand-1 +2026-01-01 12:00:00 +20m 00s +agent +webhook delivered$/,
  );
  expect(output.split('\n')[2]).toMatch(/^AJ_old +crashed .* after-call \(late, partial\) +-$/);
  expect(await json(data, ['list'])).toMatchObject([
    { callId: 'AJ_new', durationMs: 1_200_000, delivery: { webhook: { state: 'delivered' } } },
    { callId: 'AJ_old', status: 'finished' },
  ]);
});

test('a call that goes on, and one that nobody has finished, are told apart', async () => {
  const data = temporaryFolder();
  const dead = await finishedCall(data, 'AJ_dead', { 'call.json': null });
  const alive = await finishedCall(data, 'AJ_alive', { 'call.json': null });
  const lease = await Lease.take(alive);

  const found = await json(data, []);
  await lease.release();

  expect(found).toMatchObject([
    { callId: 'AJ_alive', status: 'running', candidateId: 'cand-1' },
    { callId: 'AJ_dead', status: 'unfinished', folder: dead },
  ]);
});

test('no folder, no calls: that is no error', async () => {
  const { output, exitCode } = await calls(join(temporaryFolder(), 'none'), []);

  expect([output, exitCode]).toEqual([expect.stringMatching(/^No calls in /), 0]);
});

test('what is no call’s folder is passed over, and a call.json that makes no sense hides nothing', async () => {
  const data = temporaryFolder();
  await finishedCall(data, 'AJ_1', { 'call.json': '{"callId":' });
  mkdirSync(join(data, 'calls', '.removed-AJ_9-00'));
  writeFileSync(join(data, 'calls', 'a file'), '');

  expect(await json(data, [])).toMatchObject([{ callId: 'AJ_1', status: 'unfinished' }]);
});

test('a call is shown as it went, with how long each answer took', async () => {
  const data = temporaryFolder();
  await finishedCall(data, 'AJ_1', {
    'call.json': null,
    'journal.jsonl': journal([
      [0, { type: 'state', state: 'talking' }],
      [900, { type: 'agent-state', state: 'speaking' }],
      [5_000, said('agent', 'Hello, who are you?', 950)],
      [6_000, { type: 'user-state', state: 'speaking' }],
      [8_000, { type: 'user-state', state: 'listening' }],
      [8_800, { type: 'agent-state', state: 'speaking' }],
      [12_000, said('agent', 'Nice to meet you.', 8_850)],
      [12_100, said('caller', 'I am Sam.', 6_000)],
      [13_000, { type: 'user-state', state: 'speaking' }],
      [14_000, { type: 'user-state', state: 'listening' }],
      [16_500, { type: 'agent-state', state: 'speaking' }],
      [18_000, said('agent', 'Go on.', 16_500)],
      [20_000, { type: 'reconnected', downMs: 40 }],
    ]),
  });

  const { output, exitCode } = await calls(data, ['show', 'AJ_1']);
  const lines = output.split('\n').filter((line) => /^ +\d/.test(line));

  expect(exitCode).toBe(0);
  expect(lines.map((line) => line.trim().replace(/ {2,}/g, '|'))).toEqual([
    '0:00.0|state|talking',
    '0:00.9|agent|Hello, who are you?',
    '0:06.0|caller|I am Sam.',
    '0:08.8|agent|(after 0.8s) Nice to meet you.',
    '0:16.5|agent|(after 2.5s) Go on.',
    '0:20.0|reconnected|after 40 ms',
  ]);
  expect(output).toContain('2 answers, after 2.5s in the middle and 2.5s at most.');
  expect(await json(data, ['show', 'AJ_1'])).toMatchObject({
    latency: { answers: 2, medianMs: 2_500, maxMs: 2_500 },
    tornLines: 0,
  });
});

test('nothing in a record moves the terminal: not a name, not a word that was said, not a reason', async () => {
  const data = temporaryFolder();
  const evil = '\u001b]0;owned\u0007\u001b[2J\r\nAJ_2  completed\u009b31m\u202egnp.\u2066';
  await finishedCall(data, 'AJ_1', {
    'call.json': JSON.stringify({ callId: 'AJ_1', ...ANY_CALL, candidateId: evil, outcome: evil }),
    'journal.jsonl': journal([
      [0, { type: 'state', state: evil, detail: evil }],
      [1, said('caller', evil, 1)],
      [2, said('agent', 'x'.repeat(1_000_000), 2)],
      [3, { type: 'tool', name: evil, arguments: evil, output: evil, isError: false }],
    ]),
    'delivery.json': JSON.stringify({
      webhook: { state: 'parked', attempts: 1, parkedAt: '2026-01-01T12:00:00Z', reason: evil },
    }),
  });

  for (const args of [[], ['show', 'AJ_1'], ['list', '--json'], ['show', 'AJ_1', '--json']]) {
    const { output } = await calls(data, args);
    expect(output, args.join(' ')).not.toMatch(CONTROL);
    expect(output.split('\n').some((line) => line.startsWith('AJ_2'))).toBe(false);
  }
  expect((await calls(data, ['show', 'AJ_1'])).output.length).toBeLessThan(10_000);
  expect(await json(data, [])).toMatchObject([{ candidateId: evil }]);
});

test.each(['AJ_none', '../../etc', '', 'a/b', '\u001b[2J'])(
  'an unknown id (%j) is told as such, with what to do',
  async (id) => {
    const { output, exitCode } = await calls(temporaryFolder(), ['show', id]);

    expect(exitCode).toBeGreaterThan(0);
    expect(output).toMatch(/There is no call|needs an id/);
    expect(output).not.toMatch(CONTROL);
  },
);

test.each([
  ['show'],
  ['forget'],
  ['retry'],
  ['retry', 'AJ_1', '--parked'],
  ['list', 'AJ_1'],
  ['show', 'AJ_1', 'AJ_2'],
  ['show', 'AJ_1', '--parked'],
  ['drop'],
  ['--tables'],
])('a command line that makes no sense ends with 2 and the usage: %j %j %j', async (...args) => {
  const { output, exitCode } = await calls(temporaryFolder(), args);

  expect(exitCode).toBe(2);
  expect(output).toContain('npm run calls -- show CALL_ID');
});
