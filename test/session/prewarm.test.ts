import { initializeLogger, JobProcess, log } from '@livekit/agents';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { parseConfig } from '../../src/config/schema.js';
import { prewarm, type Prewarmed } from '../../src/session/prewarm.js';
import { complete } from '../config/complete-environment.js';

const imported = vi.hoisted(() => [] as string[]);
vi.mock('@livekit/agents-plugin-silero', async (original) => {
  imported.push('silero');
  return original();
});
vi.mock('@livekit/agents-plugin-livekit', () => {
  imported.push('livekit');
  return {};
});

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));
beforeEach(() => imported.splice(0));

async function prewarmed(env: Record<string, string>): Promise<Prewarmed> {
  const process = new JobProcess<Prewarmed>();
  await prewarm(parseConfig({ ...complete, ...env }))(process);
  return process.userData;
}

test('with server_vad neither the speech detector nor the turn detector is even imported', async () => {
  expect(await prewarmed({ TURN_DETECTION: 'server_vad' })).toEqual({});
  expect(imported).toEqual([]);
});

test('with local turns the real speech detector is loaded, with the configured silence', async () => {
  const { local } = await prewarmed({ TURN_DETECTION: 'local', VAD_SILENCE: '700ms' });

  expect(local?.vad.label).toBe('silero.VAD');
  expect(local?.vad).toMatchObject({ minSilenceDuration: 700 });
  expect(imported).toContain('silero');
});

test('from then on no key reaches the logs of the process', async () => {
  initializeLogger({ pretty: false, level: 'info' });
  const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await prewarmed({});
  log().error({ apiKey: complete.OPENAI_API_KEY }, 'failed');
  const written = stdout.mock.calls.flat().join('');
  stdout.mockRestore();

  expect(written).toContain('failed');
  expect(written).not.toContain(complete.OPENAI_API_KEY);
});
