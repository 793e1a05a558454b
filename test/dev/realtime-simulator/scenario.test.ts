import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Vad } from '../../../dev/realtime-simulator/audio/vad.js';
import { bytesToMs } from '../../../dev/realtime-simulator/audio/pcm.js';
import {
  knownLines,
  loadScenario,
  loadShippedScenarios,
  shippedScenario,
} from '../../../dev/realtime-simulator/scenario.js';
import { stopSpeech, synthesize } from '../../../dev/speech/index.js';
import { silence } from './support/sounds.js';

const defaults = { threshold: 0.5, prefixPaddingMs: 300, silenceDurationMs: 500 };

afterAll(stopSpeech);

describe('the shipped scenarios', () => {
  it('are there for English and Russian', () => {
    const languages = loadShippedScenarios().map((one) => one.language);
    expect(languages).toEqual(expect.arrayContaining(['en', 'ru']));
  });

  it.each(['en', 'ru'])('end the interview with their last turn (%s)', (language) => {
    expect([shippedScenario(language).turns.at(-1)?.calls].flat().at(-1)?.name).toBe(
      'end_interview',
    );
  });

  it.each(['en', 'ru'])(
    'give the caller lines that the detector takes for one turn each (%s)',
    async (language) => {
      for (const { hears } of shippedScenario(language).turns) {
        const vad = new Vad(defaults);
        const events = vad.push(await synthesize(hears, { voice: 'rms' }));
        events.push(...vad.push(silence(700)));
        expect(
          events.map((event) => event.type),
          hears,
        ).toEqual(['started', 'stopped']);
      }
    },
  );

  it('hold one reply that is long enough to be interrupted, in English', async () => {
    const { turns, voice } = shippedScenario('en');
    const [long] = turns.filter((turn) => turn.interrupt);
    const speech = await synthesize(long!.says, { voice });
    expect(bytesToMs(speech.length * 2)).toBeGreaterThan(8000);
  });

  it('need no words that nobody recorded, in Russian', async () => {
    const russian = shippedScenario('ru');
    expect(knownLines(russian)).toHaveLength(russian.turns.length + 2);
    for (const line of knownLines(russian)) {
      expect((await synthesize(line)).length, line).toBeGreaterThan(0);
    }
  });
});

describe('loadScenario', () => {
  it('names the file and what is wrong in it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'scenario-'));
    const file = join(folder, 'broken.yaml');
    await writeFile(file, 'language: english\nvoice: slt\ngreeting: Hi.\nturns: []\nsays: Hi.\n');
    expect(() => loadScenario(file)).toThrow(/broken\.yaml[^]*language[^]*turns/);
    await rm(folder, { recursive: true });
  });
});
