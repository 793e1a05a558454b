import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Tells one small shell script (watchdog.sh) which process groups we have started. Its input closes when
 * this process ends, also by SIGKILL or a crash, and it then ends what we could not.
 * Not covered: both being killed at once, and Windows, which has no process groups.
 */
class Watchdog {
  #tell: ((line: string) => void) | undefined;

  /** `group` runs now. */
  add(group: number): void {
    this.#write(`+${group}`);
  }

  /** `group` has ended, its id may soon belong to somebody else. */
  remove(group: number): void {
    this.#write(`-${group}`);
  }

  #write(line: string): void {
    if (process.platform !== 'win32') {
      this.#tell ??= this.#start();
      this.#tell(line);
    }
  }

  #start(): (line: string) => void {
    const script = fileURLToPath(new URL('watchdog.sh', import.meta.url));
    const child = spawn('sh', [script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    // Without a shell there is no watchdog; the orderly ways of ending do not need it.
    child.on('error', () => undefined);
    child.stdin.on('error', () => undefined);
    child.unref();
    return (line) => void child.stdin.write(`${line}\n`);
  }
}

/** The one watchdog of this process, started with the first process group. */
export const watchdog = new Watchdog();
