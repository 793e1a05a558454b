import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startLiveKit } from '../../../dev/stack/index.js';

declare module 'vitest' {
  export interface ProvidedContext {
    livekit: { url: string; apiKey: string; apiSecret: string };
  }
}

/** One real LiveKit server for all end-to-end tests; each file starts its own simulator and worker. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const livekit = await startLiveKit({
    logFile: join(tmpdir(), `steadfast-e2e-livekit-${process.pid}.log`),
    onProgress: (message) => process.stderr.write(`livekit: ${message}\n`),
  });
  const { url, apiKey, apiSecret } = livekit;
  project.provide('livekit', { url, apiKey, apiSecret });
  return () => livekit.stop();
}
