import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, vi } from 'vitest';
import { startS3Server, type S3Server } from '../../../../dev/stack/index.js';

export const BUCKET = 'records';

/**
 * One real S3 server for the tests of a file, to which the environment points. Answers where the bucket's objects lie as
 * files; skips the test when there is no such server to be had.
 */
export function s3Bucket(): (skip: () => void) => string {
  let server: S3Server | undefined;
  let folder = '';
  // The first run may build the server.
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'steadfast-s3-'));
    const onProgress = (message: string) => process.stderr.write(`s3: ${message}\n`);
    server = await startS3Server({ folder, onProgress }, [BUCKET]).catch((error: unknown) => {
      if (String(error).includes('No S3 server can be had here')) {
        process.stderr.write(`\n!!! The tests of S3 are SKIPPED. ${String(error)}\n\n`);
        return undefined;
      }
      throw error;
    });
    for (const [name, value] of Object.entries(server?.env ?? {})) {
      vi.stubEnv(name, value);
    }
  }, 25 * 60_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });
  return (skip) => {
    if (server === undefined) {
      skip();
    }
    return server?.bucketFolder(BUCKET) ?? '';
  };
}

/** Every file under a folder, by its path in it. */
export function filesIn(folder: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => statSync(join(folder, name)).isFile())
        .sort()
    : [];
}
