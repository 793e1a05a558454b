// Renders the sentences that are kept with the agent, as clips/README.md says:
//   node --import tsx dev/speech/render-clips.ts          what is missing
//   node --import tsx dev/speech/render-clips.ts --all    everything anew
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { AGENT_VOICE, requireEspeak, speakWithEspeak } from './espeak.js';
import { stopSpeech, synthesize } from './index.js';
import { encodeMuLawWav, type Pcm } from './wav.js';

const CLIPS = new URL('../../clips/', import.meta.url);
const SAMPLE_RATE = 16_000;
const sentences = z.record(z.string(), z.record(z.string(), z.string()));

async function speak(text: string, language: string): Promise<Pcm> {
  if (language === 'en') {
    return {
      samples: await synthesize(text, { sampleRate: SAMPLE_RATE }),
      sampleRate: SAMPLE_RATE,
    };
  }
  await requireEspeak();
  return speakWithEspeak(text, language, AGENT_VOICE);
}

async function main(): Promise<void> {
  const all = process.argv.includes('--all');
  const json: unknown = JSON.parse(await readFile(new URL('sentences.json', CLIPS), 'utf8'));
  for (const [language, clips] of Object.entries(sentences.parse(json))) {
    const folder = new URL(`${language}/`, CLIPS);
    await mkdir(folder, { recursive: true });
    for (const [name, text] of Object.entries(clips)) {
      const file = new URL(`${name}.wav`, folder);
      if (all || !existsSync(file)) {
        await writeFile(file, encodeMuLawWav(await speak(text, language)));
        console.log(`clips/${language}/${name}.wav`);
      }
    }
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await stopSpeech();
}
