import { z } from 'zod';
import type { Config } from '../config/schema.js';

const said = z.object({ agent_name: z.string(), active_jobs: z.number() });

/** What the framework's health endpoint says of a worker on this machine. */
export interface WorkerHealth {
  /** It answers, and is connected to LiveKit. */
  readonly isConnected: boolean;
  /** The name under which it is registered, and its calls; undefined when nobody answers. */
  readonly worker: z.output<typeof said> | undefined;
}

const ANSWERS_WITHIN_MS = 3_000;

/** Asks it. Never throws. */
export async function healthOf({ worker }: Pick<Config, 'worker'>): Promise<WorkerHealth> {
  const host = worker.host === '0.0.0.0' ? '127.0.0.1' : worker.host;
  const ask = async (path: string): Promise<Response | undefined> =>
    fetch(`http://${host}:${worker.port}${path}`, {
      signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
    }).catch(() => undefined);
  const health = await ask('/');
  await health?.body?.cancel();
  const answer = await ask('/worker');
  const parsed = said.safeParse(await answer?.json().catch(() => undefined));
  return { isConnected: health?.status === 200, worker: parsed.data };
}
