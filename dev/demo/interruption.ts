import { killAllProcesses } from '../stack/process-registry.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** One Ctrl-C arrives up to three times: from the terminal, from npm and from dev/run.mjs. */
const SAME_KEY_PRESS_MS = 1000;

/**
 * A signal that is aborted when somebody wants the demo to end: Ctrl-C, SIGTERM, a closed terminal, or the end
 * of the process that has started us. Asking again, a second later, ends everything at once.
 */
export function untilInterrupted(): AbortSignal {
  const controller = new AbortController();
  let askedAt: number | undefined;
  const ask = (): void => {
    if (askedAt === undefined) {
      askedAt = performance.now();
      controller.abort(new InterruptedError());
    } else if (performance.now() - askedAt > SAME_KEY_PRESS_MS) {
      killAllProcesses();
      process.exit(130);
    }
  };
  for (const signal of SIGNALS) {
    process.on(signal, ask);
  }
  process.on('disconnect', ask);
  // The channel is there to be closed; it must not keep us running.
  process.channel?.unref();
  return controller.signal;
}

/** Somebody asked the demo to end. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';

  constructor() {
    super('interrupted');
  }
}
