import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runScriptedCall } from '../../dev/caller/index.js';
import { loadScenario } from '../../dev/realtime-simulator/scenario.js';
import { startWebhookReceiver, type WebhookReceiver } from '../../dev/webhook-receiver/index.js';
import { dialogue, journalOf } from './support/call.js';
import { exits, jobProcesses } from './support/processes.js';
import { finished, processOf } from './support/records.js';
import { BRIEF_INTERVIEW, testStack, type TestStack } from './support/stack.js';
import { waitUntil } from './support/wait.js';

/** Interviews whose process is killed, one at each tenth of the way. */

const SECRET = 'a-secret-of-a-test-that-is-long-enough';
const scenario = loadScenario(BRIEF_INTERVIEW);
/** What both sides say in the whole interview. */
const LINES = 1 + 2 * scenario.turns.length;
/** The last one in the goodbye: after it nothing is left to be lost. */
const KILLED_AFTER = Array.from({ length: 10 }, (_, tenth) =>
  Math.min(LINES - 1, Math.floor(((tenth + 1) * LINES) / 10)),
);
const AT_ONCE = 4;
const INTERVIEW_MS = 240_000;

let receiver: WebhookReceiver;
let stack: TestStack;

beforeAll(async () => {
  receiver = await startWebhookReceiver({ secret: SECRET });
  const env = {
    REPORT_WEBHOOK_URL: receiver.url,
    REPORT_WEBHOOK_SECRET: SECRET,
    // A call whose process is killed keeps its place for a while.
    MAX_CALLS: '10',
  };
  stack = await testStack('dev', env, { conversation: BRIEF_INTERVIEW });
});
afterAll(async () => {
  await stack.end();
  await receiver.stop();
});

/** Whether a line is the beginning of one: the rest was talked over, and was said to nobody. */
function isCut(line: string): boolean {
  const text = line.replace(/^agent: /, '');
  return scenario.turns.some(({ says }) => says.startsWith(text) && says.length > text.length);
}

/** The call in a room, once it has begun. */
async function callIn(room: string): Promise<string | undefined> {
  for (const callId of await readdir(join(stack.dataDir, 'calls')).catch(() => [])) {
    const started = (await journalOf(stack, callId)).find(({ type }) => type === 'call');
    if (started?.type === 'call' && started.room === room) {
      return callId;
    }
  }
  return undefined;
}

/** Whether so many lines are written down, and somebody is saying the next one. */
async function isPast(lines: number, callId: string): Promise<boolean> {
  const entries = await journalOf(stack, callId);
  const said = entries.filter(({ type }) => type === 'utterance');
  return (
    said.length >= lines &&
    entries.some(
      (entry) =>
        (entry.type === 'agent-state' || entry.type === 'user-state') &&
        entry.state === 'speaking' &&
        entry.seq > said[lines - 1]!.seq,
    )
  );
}

/** Holds the interview until so many lines were said, and kills its process in the one after; gives what was heard to its end. */
async function killedAfter(lines: number): Promise<{ callId: string; heard: string[] }> {
  const heard: string[] = [];
  const hangUp = new AbortController();
  let room: string | undefined;
  const call = runScriptedCall({
    livekit: stack.livekit,
    agentName: stack.agentName,
    language: 'en',
    scenario,
    signal: hangUp.signal,
    onEvent: (event) => {
      room = event.type === 'joined' ? event.room : room;
      if (event.type === 'transcript') {
        heard.push(`${event.speaker}: ${event.text}`);
      }
    },
  });
  try {
    let callId: string | undefined;
    await waitUntil(
      async () => {
        callId ??= room === undefined ? undefined : await callIn(room);
        return callId !== undefined && (await isPast(lines, callId));
      },
      `line ${lines} of ${room ?? 'a call'}`,
      INTERVIEW_MS,
    );
    process.kill(await processOf(stack, callId!), 'SIGKILL');
    return { callId: callId!, heard: [...heard] };
  } finally {
    hangUp.abort();
    await call;
  }
}

it('loses at most the sentence that was being said, and is reported exactly once', async () => {
  // The longest first: the short ones fill the gaps.
  const waiting = KILLED_AFTER.toReversed();
  const calls: (Awaited<ReturnType<typeof killedAfter>> & { lines: number })[] = [];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let lines = waiting.shift(); lines !== undefined; lines = waiting.shift()) {
        calls.push({ lines, ...(await killedAfter(lines)) });
      }
    }),
  );
  await exits(jobProcesses(stack.worker.pid));

  for (const { callId, heard, lines } of calls) {
    const { record, folder } = await finished(stack, callId);
    const written = dialogue(await journalOf(stack, callId));
    // Of a sentence that was talked over, both sides know the end only roughly; one that was cut just now may not be written.
    const isWritten = (line: string) => written.some((one) => one.startsWith(line.slice(0, 20)));
    expect(heard.filter((line) => !isCut(line) && !isWritten(line))).toEqual([]);
    expect(written.length).toBeGreaterThanOrEqual(lines);
    expect(record.recovered).toBe(true);
    const spoke = written.some((line) => line.startsWith('caller'));
    expect((await readdir(folder)).includes('report.pdf')).toBe(spoke);
  }
  const delivered = () => receiver.received.map(({ key }) => key).sort();
  await waitUntil(() => delivered().length >= calls.length, 'every report to be delivered');
  // Whatever the worker still meant to send is sent when it has stopped.
  await stack.worker.stop();
  expect(delivered()).toEqual(calls.map(({ callId }) => callId).sort());
  expect(receiver.refused).toEqual([]);
}, 600_000);
