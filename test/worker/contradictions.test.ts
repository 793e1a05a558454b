import { execa } from 'execa';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { freeTcpPort } from '../../dev/stack/ports.js';
import { complete } from '../config/complete-environment.js';

it(
  'a worker that could not close its calls in time does not start, and says what to change',
  { timeout: 60_000 },
  async () => {
    const { exitCode, stderr, stdout } = await execa(
      'node',
      ['--import', import.meta.resolve('tsx'), resolve('src/agent.ts'), 'start'],
      {
        env: {
          PATH: process.env['PATH'] ?? '',
          ...complete,
          WORKER_PORT: String(await freeTcpPort()),
          STOP_GRACE: '10s',
          CALL_MEMORY_LIMIT: '64GB',
        },
        extendEnv: false,
        reject: false,
        timeout: 50_000,
      },
    );
    expect(exitCode).toBe(2);
    expect(stderr).toContain('STOP_GRACE is 10s, but stopping may take');
    expect(stderr).toContain('CALL_MEMORY_LIMIT is 64GB, but there are');
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout).toBe('');
  },
);
