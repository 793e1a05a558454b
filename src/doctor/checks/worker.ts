import { z } from 'zod';
import type { Config } from '../../config/schema.js';
import type { Check } from '../check.js';
import { well, wrong } from '../finding.js';

const worker = z.object({ agent_name: z.string(), active_jobs: z.number() });

/** What the worker on this machine says of itself. */
export type WorkerState = z.output<typeof worker> & { readonly isConnected: boolean };

/** Asks the health endpoint of the worker on this machine; undefined when none answers. */
export async function askWorker(
  { worker: { host, port } }: Pick<Config, 'worker'>,
  signal: AbortSignal,
): Promise<WorkerState | undefined> {
  const address = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`;
  const ask = (path: string): Promise<Response | undefined> =>
    fetch(`${address}${path}`, { signal }).catch(() => undefined);
  const [health, said] = [await ask('/'), await ask('/worker')];
  const parsed = worker.safeParse(await said?.json().catch(() => undefined));
  await health?.body?.cancel();
  return parsed.data && { ...parsed.data, isConnected: health?.status === 200 };
}

/** Whether the worker here, if one runs, is registered under the name that rooms ask for. */
export const workerHere: Check = {
  name: 'worker',
  async run(config, signal) {
    const { agentName, host, port } = config.worker;
    const state = await askWorker(config, signal);
    if (state === undefined) {
      return [well('worker', `none answers at ${host}:${port}; nothing to compare`)];
    }
    return [
      state.isConnected
        ? well('worker', `is connected to LiveKit, with ${state.active_jobs} calls`)
        : wrong('worker', {
            what: 'it runs, but is not connected to LiveKit',
            why: 'LiveKit cannot send it calls.',
            fix: 'See above what is wrong with LiveKit or the key pair; then look at the worker’s log.',
          }),
      state.agent_name === agentName
        ? well('dispatch name', `rooms ask for "${agentName}", and the worker listens to it`)
        : wrong('dispatch name', {
            what: `rooms ask for "${agentName}" (AGENT_NAME), but the worker listens to "${state.agent_name}"`,
            why: 'Every caller waits alone: LiveKit finds no worker of that name, and tries once.',
            fix: `Start the worker with AGENT_NAME=${agentName}, or ask for "${state.agent_name}".`,
          }),
    ];
  },
};
