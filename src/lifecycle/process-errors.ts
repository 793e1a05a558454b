import { CallError } from './errors.js';

/** What can go wrong with a call's process as a whole, as one of our errors. */

export function uncaughtException(error: unknown): CallError {
  return new CallError(`uncaught exception: ${messageOf(error)}`, {
    code: 'UNCAUGHT_EXCEPTION',
    fault: 'application',
    remedy: 'Find its stack in the log, and catch it where it is thrown.',
    cause: error,
  });
}

export function unhandledRejection(reason: unknown): CallError {
  return new CallError(`unhandled rejection: ${messageOf(reason)}`, {
    code: 'UNHANDLED_REJECTION',
    fault: 'application',
    remedy: 'Find its stack in the log; await the promise, or catch what it rejects with.',
    cause: reason,
  });
}

export function eventLoopStalled(stalledMs: number): CallError {
  return new CallError(`the event loop stood still for ${Math.round(stalledMs)} ms`, {
    code: 'EVENT_LOOP_STALLED',
    fault: 'application',
    remedy:
      'Move the synchronous work of that moment to a worker thread, unless the machine was paused.',
  });
}

/** Both in megabytes. */
export function memoryOutgrown(usedMb: number, limitMb: number): CallError {
  return new CallError(
    `the call’s process has ${Math.round(usedMb)} MB of memory; its limit is ${limitMb} MB`,
    {
      code: 'MEMORY_LIMIT',
      fault: 'application',
      remedy:
        'Look for what grows with the call; raise CALL_MEMORY_LIMIT if a call needs that much.',
    },
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
