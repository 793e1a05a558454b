import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it, vi } from 'vitest';
import type { SentryClient } from '../../src/telemetry/sentry-client.js';
import { reportLostCalls } from '../../src/worker/lost-calls.js';

const job = fileURLToPath(new URL('../processes/announcing-job.mjs', import.meta.url));
const children: ChildProcess[] = [];

afterEach(() => {
  children.splice(0).forEach((child) => child.kill('SIGKILL'));
});

/** Starts a process that announces a call, and has it end. */
async function call(callId: string, end: (child: ChildProcess) => void): Promise<void> {
  const child = fork(job, [callId]);
  children.push(child);
  await once(child, 'message');
  const exited = once(child, 'exit');
  end(child);
  await exited;
}

it('a call whose process was killed is reported, since it cannot do so itself; one that has ended is not', async () => {
  const message = vi.fn<SentryClient['message']>();
  const flush = vi.fn<SentryClient['flush']>(async () => undefined);
  const sentry = Promise.resolve({ exception: vi.fn(), message, flush });
  const beside = reportLostCalls(sentry);
  beside.begin();
  await call('AJ_ended', (child) => child.send({ case: 'end' }));
  await call('AJ_killed', (child) => child.kill('SIGKILL'));
  await beside.finish(new AbortController().signal);

  expect(message.mock.calls).toEqual([
    [
      'The process of a call was gone before the call was closed',
      { level: 'error', tags: { callId: 'AJ_killed', reason: 'crashed', exit: 'SIGKILL' } },
    ],
  ]);
  expect(flush).toHaveBeenCalledAfter(message);
});
