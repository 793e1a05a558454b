import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { DeadlineError, waitUntil, withDeadline } from './deadline.js';
import { Output } from './output.js';
import { signalGroup, signalProcess } from './process-group.js';
import { register, unregister } from './process-registry.js';

/** How a process ended: an exit code or the signal that ended it. */
export interface ProcessExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** One step of asking a process to end: the signal, and how long to wait for it to work. */
export interface StopStep {
  readonly signal: NodeJS.Signals;
  readonly waitMs: number;
}

/** What to start and how to end it. */
export interface ProcessOptions {
  /** How messages call it, e.g. `livekit-server`. */
  readonly name: string;
  readonly command: string;
  readonly args?: readonly string[];
  /** The whole environment; ours when absent. */
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Everything it prints is kept here, too. Secrets it prints would be, so it should print none. */
  readonly logFile?: string | undefined;
  /** How it is asked to end, step by step, before its whole group is killed. Default: SIGTERM, 5 s. */
  readonly stopSteps?: readonly StopStep[];
  /** Aborted: refuses to start. */
  readonly signal?: AbortSignal | undefined;
}

/** Time for the last lines to arrive after a process has ended. Its orphans may hold the pipe open. */
const LAST_LINES_MS = 250;

/** A process that leads a group of its own, so that it can be ended with all it has started. */
export class SupervisedProcess implements AsyncDisposable {
  readonly name: string;
  readonly pid: number;
  readonly output: Output;
  /** Resolves when the process has ended, whoever ended it. Never rejects. */
  readonly exited: Promise<ProcessExit>;
  readonly #child: ChildProcess;
  readonly #stopSteps: readonly StopStep[];
  #stopping: Promise<ProcessExit> | undefined;

  constructor(child: ChildProcess, pid: number, output: Output, options: ProcessOptions) {
    this.#child = child;
    this.pid = pid;
    this.output = output;
    this.name = options.name;
    this.#stopSteps = options.stopSteps ?? [{ signal: 'SIGTERM', waitMs: 5000 }];
    const closed = once(child, 'close');
    this.exited = once(child, 'exit').then(async () => {
      await withDeadline(closed, LAST_LINES_MS, 'the end of its output').catch(() => undefined);
      return { code: child.exitCode, signal: child.signalCode };
    });
    void this.exited.then(() => {
      if (!signalGroup(pid, 0)) {
        unregister(this);
      }
    });
  }

  /** Whether the process itself (not its group) is running. */
  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /**
   * Resolves with the first line, printed or still to come, that `matches`.
   *
   * @throws Error with the process's last lines when it ends first or `deadlineMs` has passed.
   */
  async waitForLine(
    matches: (line: string) => boolean,
    wait: { deadlineMs: number; what: string; signal?: AbortSignal | undefined },
  ): Promise<string> {
    const seen = this.output.lines().find(matches);
    if (seen !== undefined) {
      return seen;
    }
    let stopListening = (): void => undefined;
    const line = new Promise<string>((resolve) => {
      stopListening = this.output.onLine((next) => {
        if (matches(next)) {
          resolve(next);
        }
      });
    });
    const ended = this.exited.then(() => {
      throw this.failure(`ended before ${wait.what}`);
    });
    try {
      return await withDeadline(
        Promise.race([line, ended]),
        wait.deadlineMs,
        wait.what,
        wait.signal,
      );
    } catch (error) {
      throw error instanceof DeadlineError ? this.failure(error.message, error) : error;
    } finally {
      stopListening();
    }
  }

  /** An error that says what became of the process and shows its last lines. */
  failure(what: string, cause?: unknown): Error {
    const { exitCode, signalCode } = this.#child;
    const state = this.running ? '' : ` (exit ${String(signalCode ?? exitCode)})`;
    const message = `${this.name}: ${what}${state}. Its last lines:\n${this.output.tail()}`;
    return new Error(message, { cause });
  }

  /**
   * Ends the process and everything it has started. Ending twice is the same as ending once.
   *
   * @param signal asks once with this signal instead of the usual steps.
   */
  stop(signal?: NodeJS.Signals): Promise<ProcessExit> {
    this.#stopping ??= this.#stop(signal);
    return this.#stopping;
  }

  /** Kills the whole group at once, without waiting. */
  kill(): void {
    signalGroup(this.pid, 'SIGKILL');
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop().then(() => undefined);
  }

  async #stop(signal: NodeJS.Signals | undefined): Promise<ProcessExit> {
    const waitMs = this.#stopSteps.reduce((sum, step) => sum + step.waitMs, 0);
    for (const step of signal === undefined ? this.#stopSteps : [{ signal, waitMs }]) {
      if (this.running && signalProcess(this.pid, step.signal)) {
        await withDeadline(this.exited, step.waitMs, step.signal).catch(() => undefined);
      }
    }
    if (signalGroup(this.pid, 'SIGKILL')) {
      // In a container without an init nobody buries orphans: they stay visible, but are dead.
      const gone = (): boolean => !signalGroup(this.pid, 0);
      await waitUntil(gone, { deadlineMs: 300, what: 'the group' }).catch(() => undefined);
    }
    const exit = await withDeadline(this.exited, 5000, `${this.name}'s end`);
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
    this.output.close();
    unregister(this);
    return exit;
  }
}

/**
 * Starts a program. It is ended by {@link SupervisedProcess.stop}, at our exit, and, whatever happens to
 * this process, by the watchdog.
 *
 * @throws Error when the program cannot be started at all.
 */
export async function startProcess(options: ProcessOptions): Promise<SupervisedProcess> {
  options.signal?.throwIfAborted();
  const child = spawn(options.command, options.args ?? [], {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const output = new Output(options.logFile);
  output.read(child.stdout);
  output.read(child.stderr);
  const spawned = once(child, 'spawn');
  if (child.pid === undefined) {
    output.close();
    throw new Error(`${options.name} cannot be started`, { cause: await spawned.catch(asIs) });
  }
  // Spawned, so nothing is left that could fail but signals, and those we send ourselves.
  child.on('error', () => undefined);
  const supervised = new SupervisedProcess(child, child.pid, output, options);
  register(supervised);
  return supervised;
}

function asIs(error: unknown): unknown {
  return error;
}
