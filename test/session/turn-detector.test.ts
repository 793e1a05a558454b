import { inference, initializeLogger, InferenceRunner, log } from '@livekit/agents';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { parseConfig } from '../../src/config/schema.js';
import { prepareInference } from '../../src/session/inference-process.js';
import {
  MULTILINGUAL_REVISION,
  multilingualWeightsExist,
} from '../../src/session/multilingual-weights.js';
import { chooseTurnDetector } from '../../src/session/turn-detector.js';
import { complete } from '../config/complete-environment.js';
import { dataFolder } from '../interview/fake-call.js';

beforeAll(() => {
  initializeLogger({ pretty: false, level: 'silent' });
  vi.spyOn(console, 'warn').mockReturnValue();
});
afterEach(() => {
  vi.unstubAllEnvs();
  for (const name of Reflect.ownKeys(InferenceRunner.registeredRunners)) {
    Reflect.deleteProperty(InferenceRunner.registeredRunners, name);
  }
});

async function downloaded(files: readonly string[]) {
  const folder = await dataFolder();
  for (const file of files) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), file.includes('/refs/') ? 'abc123\n' : '');
  }
  return { hub: join(folder, 'hub'), transformers: join(folder, 'transformers') };
}

const MODEL = 'hub/models--livekit--turn-detector';
const ALL = [
  `${MODEL}/refs/${MULTILINGUAL_REVISION}`,
  `${MODEL}/snapshots/abc123/onnx/model_q8.onnx`,
  `${MODEL}/snapshots/abc123/languages.json`,
  `transformers/livekit/turn-detector/${MULTILINGUAL_REVISION}/tokenizer.json`,
];

test('the weights are there only when every file of them is', async () => {
  expect(multilingualWeightsExist(await downloaded(ALL))).toBe(true);
  for (const missing of ALL) {
    const caches = await downloaded(ALL.filter((file) => file !== missing));
    expect(multilingualWeightsExist(caches), missing).toBe(false);
  }
});

test('the revision that is looked for is the one that the plugin loads', async () => {
  const plugin = dirname(createRequire(import.meta.url).resolve('@livekit/agents-plugin-livekit'));
  const constants = await readFile(join(plugin, 'turn_detector', 'constants.js'), 'utf8');

  expect(constants).toContain(`multilingual: "${MULTILINGUAL_REVISION}"`);
});

test('without weights the bundled detector is used, on this machine, and one log line says so', async () => {
  // In `dev` the framework would choose the one that LiveKit's cloud serves.
  vi.stubEnv('LIVEKIT_DEV_MODE', '1');
  vi.stubEnv('LIVEKIT_API_KEY', complete.LIVEKIT_API_KEY);
  vi.stubEnv('LIVEKIT_API_SECRET', complete.LIVEKIT_API_SECRET);
  const info = vi.spyOn(log(), 'info');
  const detector = await chooseTurnDetector(() => false);

  expect(detector).toMatchObject({ name: 'bundled', needsWords: false });
  expect(detector.make()).toBeInstanceOf(inference.TurnDetector);
  expect(detector.make()).toMatchObject({ model: 'turn-detector-v1-mini' });
  expect(info.mock.calls.flat()).toEqual([expect.stringContaining('the bundled one')]);
});

test('with weights the multilingual detector is used, with words of its own, and one log line says so', async () => {
  const info = vi.spyOn(log(), 'info');
  info.mockClear();
  const detector = await chooseTurnDetector(() => true);

  expect(detector).toMatchObject({ name: 'multilingual', needsWords: true });
  expect(info.mock.calls.flat()).toEqual([expect.stringContaining('the multilingual one')]);
});

test('with server_vad the framework finds nothing to start an inference process for', async () => {
  await prepareInference(parseConfig(complete));
  await prepareInference(parseConfig(complete));

  expect(Object.keys(InferenceRunner.registeredRunners)).toEqual([]);
  expect(InferenceRunner.registeredRunners['lk_eot_audio']).toBeDefined();
});

test('with local turns the framework is left to start its bundled detector', async () => {
  await prepareInference(parseConfig({ ...complete, TURN_DETECTION: 'local' }));

  expect(InferenceRunner.registeredRunners['lk_eot_audio']).toBeUndefined();
});
