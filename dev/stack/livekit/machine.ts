import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const execFileAsync = promisify(execFile);

/** What the resolvers may ask of the machine they run on. Tests answer in its place. */
export interface Machine {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: string;
  readonly arch: string;
  /** Where this project keeps what took long to make. */
  readonly cacheDir: string;
  isExecutable(path: string): Promise<boolean>;
  /** A program's standard output, or null when it is missing, fails or takes longer than 10 s. */
  ask(command: string, args: readonly string[]): Promise<string | null>;
}

/** This machine. */
export function thisMachine(env: NodeJS.ProcessEnv = process.env): Machine {
  const cacheHome = env['XDG_CACHE_HOME'] ?? '';
  return {
    env,
    platform: process.platform,
    arch: process.arch,
    cacheDir: join(cacheHome === '' ? join(homedir(), '.cache') : cacheHome, 'steadfast'),
    isExecutable,
    async ask(command, args) {
      try {
        const options = { env, timeout: 10_000, killSignal: 'SIGKILL' } as const;
        return (await execFileAsync(command, args, options)).stdout;
      } catch {
        return null;
      }
    },
  };
}

/** Where a program that this project builds once lies, by version and kind of machine. */
export function cachedProgram(machine: Machine, name: string, version: string): string {
  return join(machine.cacheDir, name, `${version}-${machine.platform}-${machine.arch}`, name);
}

/** The first program of that name on PATH, or null. */
export async function findOnPath(machine: Machine, name: string): Promise<string | null> {
  for (const folder of (machine.env['PATH'] ?? '').split(delimiter)) {
    const candidate = join(folder, name);
    if (folder !== '' && (await machine.isExecutable(candidate))) {
      return candidate;
    }
  }
  return null;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
