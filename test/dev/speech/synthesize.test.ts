import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { speakWithFlite } from '../../../dev/speech/flite.js';
import { stopSpeech, synthesize } from '../../../dev/speech/index.js';
import { readIndex } from '../../../dev/speech/recorded-lines.js';

vi.mock('../../../dev/speech/flite.js', { spy: true });

const HELLO = 'Hello, how are you today?';
// Compiling 21 MB of WebAssembly takes its time on a machine that is busy.
vi.setConfig({ testTimeout: 30_000 });
let cacheHome: string;

beforeAll(async () => {
  cacheHome = await mkdtemp(path.join(tmpdir(), 'speech-home-'));
  vi.stubEnv('XDG_CACHE_HOME', cacheHome);
});
afterEach(() => {
  vi.useRealTimers();
  vi.mocked(speakWithFlite).mockClear();
});
afterAll(async () => {
  await stopSpeech();
  vi.unstubAllEnvs();
  await rm(cacheHome, { recursive: true });
});

/** A digest: the difference of two sounds is a page of numbers that nobody reads. */
const sound = (samples: Int16Array): string =>
  createHash('sha256').update(new Uint8Array(samples.buffer)).digest('hex');

const filesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);
const cacheFolder = (): string => path.join(cacheHome, 'steadfast', 'speech');

describe('synthesize', () => {
  test('gives a second or two of sound for a sentence, at the rate asked for', async () => {
    const speech = await synthesize(HELLO);
    expect(speech.length / 24_000).toBeGreaterThan(1);
    expect(speech.length / 24_000).toBeLessThan(3);
    expect(speech.reduce((loudest, sample) => Math.max(loudest, sample), 0)).toBeGreaterThan(5000);
    const atTelephoneRate = await synthesize(HELLO, { sampleRate: 8000 });
    expect(atTelephoneRate.length).toBe(Math.floor(speech.length / 3));
    expect(speakWithFlite).toHaveBeenCalledTimes(1);
  });

  test('speaks in the voice asked for', async () => {
    const text = 'Who is speaking?';
    const other = await synthesize(text, { voice: 'rms' });
    expect(sound(other)).not.toBe(sound(await synthesize(text)));
  });

  test('speaks once for many who ask at once, and each may change what it got', async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, () => synthesize('Many ask for this.')),
    );
    expect(speakWithFlite).toHaveBeenCalledTimes(1);
    all[0]!.fill(0);
    expect(sound(all[1]!)).not.toBe(sound(all[0]!));
    expect(sound(await synthesize('Many ask for this.'))).toBe(sound(all[1]!));
  });

  test('remembers on disk what was said, and says it anew when the file is damaged', async () => {
    const text = 'Said before, by another process.';
    const before = await filesIn(cacheFolder());
    const speech = await synthesize(text);
    const [written] = (await filesIn(cacheFolder())).filter((name) => !before.includes(name));
    await stopSpeech();
    expect(sound(await synthesize(text))).toBe(sound(speech));
    expect(speakWithFlite).toHaveBeenCalledTimes(1);
    await stopSpeech();
    await writeFile(path.join(cacheFolder(), written!), 'damaged');
    expect(sound(await synthesize(text))).toBe(sound(speech));
    expect(speakWithFlite).toHaveBeenCalledTimes(2);
  });

  test('says nothing for text that holds nothing to say', async () => {
    expect(await synthesize(' … ')).toHaveLength(0);
  });

  test('speaks a recorded line without the synthesiser', async () => {
    const [line] = Object.keys(await readIndex());
    const speech = await synthesize(line!);
    expect(speech.length / 24_000).toBeGreaterThan(0.4);
    expect(speakWithFlite).not.toHaveBeenCalled();
  });

  test('refuses other text that is not English, and says how to record it', async () => {
    await expect(synthesize('Этого никто не записывал.')).rejects.toThrow(
      /No recording of "Этого никто не записывал\.".*dev\/speech\/record\.ts/,
    );
  });

  test('refuses a sample rate out of bounds', async () => {
    await expect(synthesize(HELLO, { sampleRate: 100 })).rejects.toThrow(RangeError);
  });

  test('does not fail over typographic marks and accents', async () => {
    const plain = await synthesize('"It\'s a naive cafe"...');
    expect(sound(await synthesize('“It’s a naïve café”…'))).toBe(sound(plain));
  });
});

describe('the synthesiser', () => {
  test('is given up at its deadline; the next text is spoken by a new one', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const late = expect(speakWithFlite(HELLO, 'slt', 5000)).rejects.toThrow(
      /within 5000 ms: "Hello/,
    );
    const next = speakWithFlite('The next one.', 'slt', 5000);
    vi.advanceTimersByTime(5000);
    await late;
    expect((await next).samples.length).toBeGreaterThan(0);
  });

  test('refuses those who wait when it is stopped, and starts again when asked', async () => {
    const refused = ['Never said.', 'Not said either.'].map((text) =>
      expect(speakWithFlite(text, 'slt')).rejects.toThrow(/stopped/),
    );
    await stopSpeech();
    await stopSpeech();
    await Promise.all(refused);
    expect((await synthesize(HELLO)).length).toBeGreaterThan(0);
  });
});
