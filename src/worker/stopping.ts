import { log } from '@livekit/agents';
import { exitNow, takeStopSignals, type StopSignal } from '../lifecycle/process-guard.js';
import { watchChildProcesses } from './child-processes.js';
import type { StopBudget } from './stop-budget.js';

/** How long the worker waits after a second signal. Calls that are not closed by then close without it. */
const HURRY_MS = 10_000;

const EXIT_CODE: Readonly<Record<StopSignal, number>> = { SIGTERM: 143, SIGINT: 130 };

/**
 * Bounds how a worker stops. The first signal is the framework's: it drains in `start`, and closes the calls in `dev`.
 * The second closes the calls at once; the third ends the worker, and its calls close by themselves, which takes as
 * long as their process may live without it. Whatever hangs, the worker ends. Has to be called before the framework
 * listens; answers how to stop.
 */
export function stopInTime({ drainMs, totalMs }: StopBudget, onStopping: () => void): () => void {
  let isStopping = false;
  const exitAfter = (ms: number, signal: StopSignal): void => {
    setTimeout(() => {
      log().error(
        { ms, signal },
        'the worker could not close in time, and ends; its calls close by themselves',
      );
      exitNow(EXIT_CODE[signal]);
    }, ms).unref();
  };
  const stopListening = takeStopSignals({
    first: (signal) => {
      isStopping = true;
      onStopping();
      log().info(
        { signal, drainMs },
        'worker is stopping; a second signal closes its calls at once',
      );
      exitAfter(totalMs, signal);
    },
    second: (signal, closeNow) => {
      log().info({ signal }, 'worker closes its calls at once');
      closeNow();
      exitAfter(HURRY_MS, signal);
    },
    further: (signal) => exitNow(EXIT_CODE[signal]),
  });
  const stopWatching = watchChildProcesses((child) => {
    child.on('message', (message) => {
      if (isStopping && isReady(message)) {
        // After the framework has given it the job it was started for, if there is one.
        setImmediate(() => {
          if (child.connected) {
            child.send(SHUTDOWN_REQUEST);
          }
        });
      }
    });
  });
  return () => {
    stopListening();
    stopWatching();
  };
}

/**
 * A job process that is still starting loses the request to shut down: Node hands it out together with the first
 * message, when nobody listens for it yet, and the framework waits for the answer until it kills the process. So it is
 * told again once it is ready.
 */
const SHUTDOWN_REQUEST = { case: 'shutdownRequest', value: { reason: 'shutdown request' } };

function isReady(message: unknown): boolean {
  return (
    typeof message === 'object' &&
    message !== null &&
    'case' in message &&
    message.case === 'initializeResponse'
  );
}
