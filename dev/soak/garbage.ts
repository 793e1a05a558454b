import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;

/**
 * Collects all garbage of this process at once, so that what is still in use can be told from what is not. As with
 * `node --expose-gc`, which a worker's command line does not have, and NODE_OPTIONS does not take.
 */
export function collectGarbage(): void {
  collect ??= garbageCollector();
  // Twice: what a finalizer lets go of in the first is collected in the second.
  collect();
  collect();
}

function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  if (!isCallable(gc)) {
    throw new Error('This Node does not hand out its garbage collector.');
  }
  return gc;
}

function isCallable(value: unknown): value is () => void {
  return typeof value === 'function';
}
