import type { Evidence } from '../evidence.js';
import { linesOf } from '../probe-log.js';
import type { Checker } from './checker.js';

const MEGABYTE = 1_000_000;
/** What 20 s of a fault may cost, by the best that any comparable system shows. */
const GROWTH = 2 * MEGABYTE;
/** What a first answer costs anyway: code that is compiled, buffers that are made once (measured without any fault). */
const FIRST_TIME = 3 * MEGABYTE;

/** A call that has just begun still loads code and makes buffers, with any fault or none. */
const SETTLED_MS = 4000;

/** Memory in use right after collections: before the fault, and before the caller hung up. */
function collected({ job, faultAt }: Evidence): [before: number, after: number] | null {
  const begunAt = linesOf(job, 'job').at(0)?.at ?? 0;
  const samples = linesOf(job, 'memory').filter(
    (one) => one.collected && one.at >= begunAt + SETTLED_MS,
  );
  const [first] = samples;
  const last = samples.at(-1);
  if (faultAt === null || first === undefined || last === undefined || first === last) {
    return null;
  }
  return [first.heapUsed + first.external, last.heapUsed + last.external];
}

export const p7: Checker = {
  name: 'P7',
  promise: 'Memory does not grow with retries.',
  applies: (evidence) => collected(evidence) !== null,
  broken: (evidence) => {
    const [before, after] = collected(evidence) ?? [0, 0];
    const allowed = GROWTH + FIRST_TIME;
    return after - before <= allowed
      ? []
      : [`${megabytes(after - before)} MB more in use, ${megabytes(allowed)} allowed`];
  },
};

function megabytes(bytes: number): string {
  return (bytes / MEGABYTE).toFixed(1);
}
