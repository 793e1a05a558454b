import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { announcedCall } from '../../src/lifecycle/call-announcement.js';
import { Occupancy } from '../../src/worker/occupancy.js';

const job = fileURLToPath(new URL('../processes/announcing-job.mjs', import.meta.url));
const children: ChildProcess[] = [];

afterEach(() => {
  vi.useRealTimers();
  children.splice(0).forEach((child) => child.kill('SIGKILL'));
});

/** Starts a job process and waits until its announcement has arrived. */
async function startJob(callId: string): Promise<ChildProcess> {
  const child = fork(job, [callId]);
  children.push(child);
  await once(child, 'message');
  return child;
}

async function endJob(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.send({ case: 'end' });
  await exited;
}

describe('Occupancy', () => {
  it('refuses a call when every place is taken', () => {
    const occupancy = new Occupancy(2);
    expect([occupancy.reserve('a'), occupancy.reserve('b')]).toEqual([true, true]);
    expect(occupancy.reserve('c')).toBe(false);
    expect(occupancy.calls).toBe(2);
  });

  it('counts a call once, from its acceptance until its process is gone', async () => {
    const occupancy = new Occupancy(1);
    const stop = occupancy.watch();
    occupancy.reserve('a');
    const child = await startJob('a');
    expect(occupancy.calls).toBe(1);
    expect(occupancy.reserve('b')).toBe(false);
    await endJob(child);
    expect(occupancy.calls).toBe(0);
    stop();
  });

  it('gives the place back when the process is killed', async () => {
    const occupancy = new Occupancy(1);
    const stop = occupancy.watch();
    occupancy.reserve('a');
    const child = await startJob('a');
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    expect(occupancy.reserve('b')).toBe(true);
    stop();
  });

  it('gives the place back when an accepted job never begins', async () => {
    vi.useFakeTimers();
    const occupancy = new Occupancy(1);
    occupancy.reserve('a');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(occupancy.calls).toBe(0);
  });
});

describe('announcedCall', () => {
  it.each([[undefined], ['text'], [{ case: 'pongResponse' }], [{ case: 'steadfast.call' }]])(
    'hears no call in %o',
    (message) => expect(announcedCall(message)).toBeUndefined(),
  );
});
