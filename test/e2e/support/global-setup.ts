import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildPage } from '../../../dev/playground/build-page.js';
import { startLiveKit } from '../../../dev/stack/index.js';

declare module 'vitest' {
  export interface ProvidedContext {
    livekit: { url: string; apiKey: string; apiSecret: string };
  }
}

/**
 * One real LiveKit server for all files of a project; each file starts its own simulator and worker. Here the page is built,
 * too, or two files would build it at once.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await buildPage();
  const logFile = join(tmpdir(), `steadfast-${project.name}-livekit-${process.pid}.log`);
  const livekit = await startLiveKit({
    logFile,
    onProgress: (message) => process.stderr.write(`livekit: ${message}\n`),
  });
  const { url, apiKey, apiSecret } = livekit;
  project.provide('livekit', { url, apiKey, apiSecret });
  return async () => {
    await livekit.stop();
    // Of a failure somebody may want to know more.
    if (project.vitest.state.getCountOfFailedTests() === 0) {
      await rm(logFile, { force: true });
    }
  };
}
