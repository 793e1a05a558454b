import { readdir, readFile } from 'node:fs/promises';

/** What a process of a worker is for. A job process carries a call or waits for one. */
export type ProcessKind = 'main' | 'job' | 'inference' | 'other';

/** One process as the kernel sees it. */
export interface ProcessSample {
  readonly pid: number;
  readonly kind: ProcessKind;
  readonly memory: MemorySample;
  /** Time on a processor so far, in user and in system mode. */
  readonly cpuMs: number;
}

/** Megabytes (2^20 bytes). */
export interface MemorySample {
  /** All that is in memory; what processes share is counted in each of them. */
  readonly rssMb: number;
  /** The same with what is shared divided among those who share it: these add up. */
  readonly pssMb: number;
  /** What would be free without this process. */
  readonly privateMb: number;
}

/** Linux counts processor time in these, whatever the kernel's own clock (man 5 proc). */
const TICK_MS = 10;

/**
 * A process and all below it, from /proc. Those that end meanwhile are left out.
 *
 * @throws Error on a system without /proc: memory is measured on Linux only.
 */
export async function sampleTree(root: number): Promise<ProcessSample[]> {
  const parents = await parentsOfAll();
  const pids = [root];
  for (const pid of pids) {
    pids.push(...parents.filter(([, parent]) => parent === pid).map(([child]) => child));
  }
  const samples = await Promise.all(pids.map((pid) => sampleProcess(pid, pid === root)));
  return samples.filter((sample) => sample !== undefined);
}

async function parentsOfAll(): Promise<[number, number][]> {
  const names = await readdir('/proc').catch((cause: unknown) => {
    throw new Error('Memory is read from /proc, which only Linux has.', { cause });
  });
  const rows = await Promise.all(
    names
      .filter((name) => /^\d+$/.test(name))
      .map(async (name): Promise<[number, number] | undefined> => {
        const stat = await readIfThere(`/proc/${name}/stat`);
        return stat === undefined ? undefined : [Number(name), parseStat(stat).parent];
      }),
  );
  return rows.filter((row) => row !== undefined);
}

async function sampleProcess(pid: number, isRoot: boolean): Promise<ProcessSample | undefined> {
  const [stat, rollup, command] = await Promise.all(
    ['stat', 'smaps_rollup', 'cmdline'].map((file) => readIfThere(`/proc/${pid}/${file}`)),
  );
  // A process that has ended and was not waited for yet has no memory left.
  if (stat === undefined || rollup === undefined || rollup === '') {
    return undefined;
  }
  return {
    pid,
    kind: isRoot ? 'main' : kindOf(command ?? ''),
    memory: parseRollup(rollup),
    cpuMs: parseStat(stat).cpuMs,
  };
}

/** The framework's own file names (agents 1.9.0, dist/ipc). */
function kindOf(command: string): ProcessKind {
  if (command.includes('job_proc_lazy_main')) {
    return 'job';
  }
  return command.includes('inference_proc_lazy_main') ? 'inference' : 'other';
}

/** Of /proc/PID/stat. The name, in brackets, may hold spaces and brackets itself. */
export function parseStat(text: string): { parent: number; cpuMs: number } {
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [parent, user, system] = [fields[1], fields[11], fields[12]];
  if (parent === undefined || user === undefined || system === undefined) {
    throw new Error(`/proc/PID/stat reads differently than expected: ${text}`);
  }
  return { parent, cpuMs: (user + system) * TICK_MS };
}

/** Of /proc/PID/smaps_rollup, in kilobytes there. */
export function parseRollup(text: string): MemorySample {
  const kilobytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1]);
  return {
    rssMb: kilobytes('Rss') / 1024,
    pssMb: kilobytes('Pss') / 1024,
    privateMb: (kilobytes('Private_Clean') + kilobytes('Private_Dirty')) / 1024,
  };
}

async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}
