import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';

const at = { at: z.number() };
const troubleOf = <const Kind extends string>(kind: Kind) =>
  z.object({ ...at, kind: z.literal(kind), text: z.string() });
const socketOf = <const Kind extends string>(kind: Kind) =>
  z.object({ ...at, kind: z.literal(kind), id: z.number(), port: z.number() });
const line = z.discriminatedUnion('kind', [
  z.object({ ...at, kind: z.literal('start'), ppid: z.number(), argv: z.array(z.string()) }),
  z.object({ ...at, kind: z.literal('job'), room: z.string().nullable(), id: z.string() }),
  z.object({ ...at, kind: z.literal('session'), sessions: z.number(), started: z.number() }),
  troubleOf('uncaught'),
  troubleOf('rejection'),
  troubleOf('warning'),
  troubleOf('trouble'),
  socketOf('socket-open'),
  socketOf('socket-closed'),
  z.object({ ...at, kind: z.literal('deed'), deed: z.string() }),
  z.object({
    ...at,
    kind: z.literal('memory'),
    rss: z.number(),
    heapUsed: z.number(),
    external: z.number(),
    /** What a busy machine took of the time since the line before. */
    lagMs: z.number(),
    /** Right after a garbage collection: comparable. */
    collected: z.boolean(),
  }),
  z.object({ ...at, kind: z.literal('exit'), code: z.number(), resources: z.array(z.string()) }),
]);

export type ProbeLine = z.output<typeof line>;
type LineOf<Kind extends ProbeLine['kind']> = Extract<ProbeLine, { kind: Kind }>;

/** What the probe saw in one process, oldest first. */
export interface ProcessTrace {
  readonly pid: number;
  readonly lines: readonly ProbeLine[];
}

/** The lines of one kind. */
export function linesOf<Kind extends ProbeLine['kind']>(
  trace: ProcessTrace | null,
  kind: Kind,
): LineOf<Kind>[] {
  return (trace?.lines ?? []).filter((one): one is LineOf<Kind> => one.kind === kind);
}

/** NODE_OPTIONS and the folder, for a process that is to be seen. */
export function probeEnvironment(folder: string): Record<string, string> {
  const probe = pathToFileURL(fileURLToPath(new URL('probe.mjs', import.meta.url))).href;
  return { NODE_OPTIONS: `--import=${probe}`, PROBE_DIR: folder };
}

/** What was seen in every process so far. */
export function readTraces(folder: string): ProcessTrace[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => ({ pid: Number.parseInt(name, 10), lines: parse(join(folder, name)) }));
}

/** The process that has the job of a room. */
export function jobOf(traces: readonly ProcessTrace[], room: string): ProcessTrace | undefined {
  return traces.find((trace) => linesOf(trace, 'job').some((job) => job.room === room));
}

/** Has a process do something, within 100 ms. */
export function command(folder: string, pid: number, deed: string, ms?: number): void {
  appendFileSync(join(folder, `${pid}.do`), `${JSON.stringify({ deed, ms })}\n`);
}

function parse(file: string): ProbeLine[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((text) => {
      try {
        return line.safeParse(JSON.parse(text)).data ?? [];
      } catch {
        return []; // Empty, or still being written.
      }
    });
}
