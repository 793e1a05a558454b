import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startLiveKit } from '../../../dev/stack/index.js';

declare module 'vitest' {
  export interface ProvidedContext {
    livekits: readonly { url: string; apiKey: string; apiSecret: string }[];
  }
}

/**
 * One real LiveKit server for each file that is run at the same time: workers of one name on one server would take
 * each other's calls. Every file starts its own simulator and worker.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const first = await start(0);
  // One after another: the first may have to build the server.
  const livekits = [first, ...(await startMore(project.config.maxWorkers - 1))];
  project.provide(
    'livekits',
    livekits.map(({ url, apiKey, apiSecret }) => ({ url, apiKey, apiSecret })),
  );
  return async () => {
    await Promise.all(livekits.map((livekit) => livekit.stop()));
  };
}

function startMore(count: number) {
  return Promise.all(Array.from({ length: count }, (_, index) => start(index + 1)));
}

function start(index: number) {
  return startLiveKit({
    logFile: join(tmpdir(), `steadfast-e2e-livekit-${process.pid}-${index}.log`),
    onProgress: (message) => process.stderr.write(`livekit: ${message}\n`),
  });
}
