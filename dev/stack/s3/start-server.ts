import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { waitUntil } from '../deadline.js';
import { thisMachine } from '../livekit/machine.js';
import { freeTcpPort } from '../ports.js';
import { startProcess } from '../process.js';
import { findS3Server } from './find-server.js';

export interface S3ServerOptions {
  /** Where the buckets lie: each a folder, each object a file. */
  readonly folder: string;
  readonly onProgress?: (message: string) => void;
  readonly signal?: AbortSignal;
}

/** An S3-compatible server on loopback. */
export interface S3Server extends AsyncDisposable {
  /** What a client's environment needs: AWS_ENDPOINT_URL and keys made for this run. */
  readonly env: Readonly<Record<string, string>>;
  /** Where the objects of a bucket lie as files. */
  bucketFolder(bucket: string): string;
  stop(): Promise<void>;
}

const READY_DEADLINE_MS = 30_000;

/**
 * Finds or builds an S3 server and runs it on 127.0.0.1, with the buckets named.
 *
 * @throws Error when there is none, or with its last lines when it does not come up.
 */
export async function startS3Server(
  { folder, onProgress = () => undefined, signal }: S3ServerOptions,
  buckets: readonly string[],
): Promise<S3Server> {
  const command = await findS3Server({ machine: thisMachine(), onProgress, signal });
  const port = await freeTcpPort();
  const access = `key${randomBytes(6).toString('hex')}`;
  const secret = randomBytes(24).toString('hex');
  const objects = join(folder, 'objects');
  const about = join(folder, 'about');
  for (const bucket of buckets) {
    await mkdir(join(objects, bucket), { recursive: true });
  }
  await mkdir(about, { recursive: true });
  const server = await startProcess({
    name: 'versitygw',
    command,
    // Metadata beside the objects: not every file system has extended attributes.
    args: ['--port', `127.0.0.1:${port}`, '--quiet', 'posix', '--sidecar', about, objects],
    env: { PATH: process.env['PATH'] ?? '', ROOT_ACCESS_KEY: access, ROOT_SECRET_KEY: secret },
    signal,
  });
  try {
    await waitUntil(
      () => {
        if (!server.running) {
          throw server.failure('ended while starting');
        }
        return accepts(port);
      },
      { deadlineMs: READY_DEADLINE_MS, what: 'its first connection', signal },
    );
  } catch (error) {
    await server.stop();
    throw error;
  }
  const stop = async () => {
    await server.stop();
  };
  return {
    env: {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: access,
      AWS_SECRET_ACCESS_KEY: secret,
    },
    bucketFolder: (bucket) => join(objects, bucket),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
