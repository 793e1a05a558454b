import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { runScriptedCall } from '../../dev/caller/index.js';
import { startWebhookReceiver, type WebhookReceiver } from '../../dev/webhook-receiver/index.js';
import { dialogue, journalOf } from './support/call.js';
import { exits, jobProcesses } from './support/processes.js';
import { finished } from './support/records.js';
import { testStack, type TestStack } from './support/stack.js';
import { waitUntil } from './support/wait.js';

/** Interviews whose process is killed, one at each tenth of the way. */

const SECRET = 'a-secret-of-a-test-that-is-long-enough';
/** What both sides say in the whole sample interview. */
const LINES = 15;
/** The last one in the goodbye: after it nothing is left to be lost. */
const KILLED_AFTER = Array.from({ length: 10 }, (_, tenth) =>
  Math.min(LINES - 1, Math.floor(((tenth + 1) * LINES) / 10)),
);
const AT_ONCE = 5;
const INTERVIEW_MS = 240_000;

let receiver: WebhookReceiver;
let stack: TestStack;

beforeAll(async () => {
  receiver = await startWebhookReceiver({ secret: SECRET });
  stack = await testStack('dev', {
    REPORT_WEBHOOK_URL: receiver.url,
    REPORT_WEBHOOK_SECRET: SECRET,
    // A call whose process is killed keeps its place for a while.
    MAX_CALLS: '10',
  });
});
afterAll(async () => {
  await stack.end();
  await receiver.stop();
});

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
    agentName: 'interviewer',
    language: 'en',
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
    const lease = await readFile(join(stack.dataDir, 'calls', callId!, 'lease.json'), 'utf8');
    process.kill(z.object({ pid: z.number() }).parse(JSON.parse(lease)).pid, 'SIGKILL');
    return { callId: callId!, heard: [...heard] };
  } finally {
    hangUp.abort();
    await call;
  }
}

it('loses at most the sentence that was being said, and is reported exactly once', async () => {
  const waiting = [...KILLED_AFTER];
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
    // Of a sentence that was talked over, both sides know the end only roughly.
    const isWritten = (line: string) => written.some((one) => one.startsWith(line.slice(0, 20)));
    expect(heard.filter((line) => !isWritten(line))).toEqual([]);
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
