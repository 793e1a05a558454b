import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';

/** What concerns a process is tested in a process: these are started, and really end. */

const program = (name: string): string =>
  fileURLToPath(new URL(`../processes/${name}.mjs`, import.meta.url));
const UNDER_TSX = ['--import', 'tsx'];
const children: ChildProcess[] = [];

afterEach(() => {
  children.splice(0).forEach((child) => child.kill('SIGKILL'));
});

interface Running {
  readonly child: ChildProcess;
  readonly lines: string[];
  /** Its exit code, and everything it said. */
  readonly ended: () => Promise<{ code: number | null; lines: string[] }>;
  readonly says: (text: string) => Promise<void>;
}

async function running(child: ChildProcess): Promise<Running> {
  children.push(child);
  const lines: string[] = [];
  let text = '';
  child.stdout?.on('data', (chunk) => {
    text += String(chunk);
    lines.splice(0, lines.length, ...text.trim().split('\n'));
  });
  // Not 'close': it does not come from a child that was disconnected.
  const over = Promise.all([once(child, 'exit'), child.stdout && once(child.stdout, 'end')]);
  const says = (what: string): Promise<void> =>
    vi.waitFor(() => expect(lines).toContain(what), { timeout: 25_000, interval: 10 });
  await says('ready');
  return {
    child,
    lines,
    says,
    ended: async () => {
      await over;
      return { code: child.exitCode, lines };
    },
  };
}

const startJob = (...args: string[]): Promise<Running> =>
  running(fork(program('guarded-job'), args, { execArgv: UNDER_TSX, silent: true }));

const startWorker = (...args: string[]): Promise<Running> =>
  running(spawn(process.execPath, [...UNDER_TSX, program('stopping-worker'), ...args]));

describe('a job process', () => {
  it('lives on after an exception to close its call, and is ended when that takes too long', async () => {
    const { child, says, ended } = await startJob();
    child.send('throw');
    await says('UNCAUGHT_EXCEPTION ends');
    child.send('throw');
    const { code, lines } = await ended();
    expect(code).toBe(70);
    expect(lines.filter((line) => line === 'UNCAUGHT_EXCEPTION ends')).toHaveLength(2);
  });

  it('goes on after a rejection', async () => {
    const { child, says } = await startJob();
    child.send('reject');
    await says('UNHANDLED_REJECTION goes on');
    child.send('reject');
    expect(child.exitCode).toBeNull();
  });

  it('tells its call that the worker is gone', async () => {
    const { child, says } = await startJob();
    child.disconnect();
    await says('orphaned');
  });

  it('takes a message that cannot be sent for the worker’s end, not for a crash', async () => {
    const { child, lines, says } = await startJob();
    child.send('say twice');
    await says('orphaned');
    expect(lines.join()).not.toContain('UNCAUGHT_EXCEPTION');
  });

  it('ends with its worker when it has no call', async () => {
    const { child, ended } = await startJob('idle');
    child.disconnect();
    expect((await ended()).code).toBe(0);
  });

  it('ends after an exception when it has no call, and says why', async () => {
    const { child, ended } = await startJob('idle');
    child.send('throw');
    const { code, lines } = await ended();
    expect(code).toBe(1);
    expect(lines).toContain('uncaught exception in a job process that waits for a call');
  });
});

describe.each([
  ['SIGTERM', 'SIGTERM', 130],
  ['SIGINT', 'SIGINT', 143],
  ['SIGTERM', 'SIGINT', 130],
  ['SIGINT', 'SIGTERM', 143],
] as const)('a worker that gets %s and then %s', (first, second, exitCode) => {
  it('drains, then closes, and ends in the orderly way', async () => {
    const { child, says, ended } = await startWorker('closes');
    child.kill(first);
    await says('draining');
    child.kill(second);
    const { code, lines } = await ended();
    expect(lines).toEqual(['ready', `first ${first}`, 'draining', `second ${second}`, 'closing']);
    expect(code).toBe(exitCode);
  });
});

describe('a worker that does not close', () => {
  it('is told of the third signal, and of no other listener’s idea of it', async () => {
    const { child, says, ended } = await startWorker();
    child.kill('SIGINT');
    await says('draining');
    child.kill('SIGINT');
    await says('closing');
    child.kill('SIGINT');
    expect((await ended()).code).toBe(9);
  });
});

describe('a worker that has work left when its calls are closed', () => {
  const stopping = async (...args: string[]): Promise<Running> => {
    const worker = await startWorker('closes', ...args);
    worker.child.kill('SIGTERM');
    await worker.says('draining');
    worker.child.kill('SIGTERM');
    return worker;
  };

  it('does it first, and then ends as it would have', async () => {
    const { child, says, ended } = await stopping('works-on');
    await says('working on');
    expect(child.exitCode).toBeNull();
    child.stdin?.write('done\n');
    expect((await ended()).code).toBe(130);
  });

  it('does not wait for work that hangs', async () => {
    const { ended } = await stopping('hangs');
    const { code, lines } = await ended();
    expect(lines).toContain('hanging');
    expect(code).toBe(130);
  });

  it('ends at once when it is told so again', async () => {
    const { child, says, ended } = await stopping('works-on');
    await says('working on');
    child.kill('SIGTERM');
    expect((await ended()).code).toBe(9);
  });
});
