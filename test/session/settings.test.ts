import { inference, initializeLogger, VAD } from '@livekit/agents';
import { realtime, STT, TTS } from '@livekit/agents-plugin-openai';
import { beforeAll, expect, test } from 'vitest';
import { parseConfig } from '../../src/config/schema.js';
import { sessionSettings } from '../../src/session/settings.js';
import type { TurnDetector } from '../../src/session/turn-detector.js';
import { complete } from '../config/complete-environment.js';

class NoVad extends VAD {
  label = 'none';
  constructor() {
    super({ updateInterval: 1 });
  }
  stream(): never {
    throw new Error('unused');
  }
}

const local = (needsWords: boolean) => {
  const detector: TurnDetector = {
    name: needsWords ? 'multilingual' : 'bundled',
    needsWords,
    make: () => new inference.TurnDetector({ version: 'v1-mini' }),
  };
  return { local: { vad: new NoVad(), detector } };
};

const settingsOf = (env: Record<string, string> = {}, prewarmed = {}, language = 'en') =>
  sessionSettings(parseConfig({ ...complete, ...env }))({ plan: { language } }, prewarmed);

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

test('with server_vad the service is told the configured turn detection, in milliseconds', () => {
  const { model, session } = settingsOf({
    VAD_THRESHOLD: '0.8',
    VAD_SILENCE: '2s',
    VAD_PREFIX: '300ms',
  });

  expect(model.turnDetection).toEqual({
    type: 'server_vad',
    threshold: 0.8,
    silence_duration_ms: 2_000,
    prefix_padding_ms: 300,
    create_response: true,
    interrupt_response: true,
  });
  expect(session.turnHandling).toEqual({ turnDetection: 'realtime_llm' });
});

test('with server_vad the framework is left nothing to provide by itself', () => {
  const { session } = settingsOf();

  expect(session.vad).toBeNull();
  expect(session.stt).toBeUndefined();
});

test('with local turns the service is told to detect none, and this machine does', () => {
  const prewarmed = local(false);
  const { model, session } = settingsOf({ TURN_DETECTION: 'local' }, prewarmed);

  expect(model.turnDetection).toBeNull();
  expect(session.vad).toBe(prewarmed.local.vad);
  expect(session.turnHandling?.turnDetection).toBeInstanceOf(inference.TurnDetector);
  expect(session.turnHandling?.interruption).toEqual({ mode: 'vad' });
  expect(session.stt).toBeUndefined();
});

test('a turn detector that judges words is given them', () => {
  const { session } = settingsOf({ TURN_DETECTION: 'local' }, local(true), 'ru');

  expect(session.stt).toBeInstanceOf(STT);
  expect(session.stt).toMatchObject({ capabilities: { streaming: false } });
});

test('local turns without a speech detector are a mistake that is told, not a deaf agent', () => {
  expect(() => settingsOf({ TURN_DETECTION: 'local' })).toThrow('prewarm has to have loaded');
});

test('voice, speed, models and address are the configured ones', () => {
  const { model, session } = settingsOf({
    REALTIME_MODEL: 'gpt-realtime',
    REALTIME_VOICE: 'marin',
    REALTIME_SPEED: '1.1',
    OPENAI_BASE_URL: 'http://127.0.0.1:9/v1',
    TTS_MODEL: 'tts-1',
  });

  expect(model).toMatchObject({
    model: 'gpt-realtime',
    voice: 'marin',
    speed: 1.1,
    apiKey: complete.OPENAI_API_KEY,
    baseURL: 'http://127.0.0.1:9/v1',
  });
  expect(session.tts).toBeInstanceOf(TTS);
  expect(session.tts).toMatchObject({ model: 'tts-1', provider: '127.0.0.1:9' });
});

test('the caller is transcribed in the interview’s language', () => {
  expect(settingsOf({}, {}, 'ru').model.inputAudioTranscription).toEqual({
    model: 'gpt-4o-mini-transcribe',
    language: 'ru',
  });
  expect(settingsOf({}, {}, 'pt-BR').model.inputAudioTranscription).toMatchObject({
    language: 'pt',
  });
});

test('the realtime plugin takes the settings as they are', () => {
  const server = new realtime.RealtimeModel(settingsOf().model);
  const machine = new realtime.RealtimeModel(
    settingsOf({ TURN_DETECTION: 'local' }, local(false)).model,
  );

  expect(server.capabilities.turnDetection).toBe(true);
  expect(machine.capabilities.turnDetection).toBe(false);
});

test('a connection to the model lives as long as is configured', () => {
  expect(settingsOf({ MODEL_SESSION_MAX: '27m' }).maxModelSessionMs).toBe(1_620_000);
});
