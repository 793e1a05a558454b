import { execa } from 'execa';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { complete } from '../../config/complete-environment.js';

const AGENT = resolve('test/processes/agent-on-another-plugin.ts');

test.each(['start', 'dev'])(
  'a worker on a plugin that cannot be supervised ends at once, and names the versions that work (%s)',
  { timeout: 60_000 },
  async (mode) => {
    const { exitCode, stderr, stdout } = await execa('node', ['--import', 'tsx', AGENT, mode], {
      env: { PATH: process.env['PATH'] ?? '', INTERVIEWS_DIR: resolve('interviews'), ...complete },
      extendEnv: false,
      reject: false,
      timeout: 50_000,
    });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('RealtimeSession.createWsConn is gone from the OpenAI plugin');
    expect(stderr).toContain('@livekit/agents 1.9.0 with @livekit/agents-plugin-openai 1.9.0');
    expect(stdout).not.toContain('registered');
  },
);
