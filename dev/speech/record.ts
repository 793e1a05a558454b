// Records the lines that the synthesiser cannot read. Run it after changing a scenario in another alphabet:
//   node --import tsx dev/speech/record.ts          renders what is missing, removes what is no longer spoken
//   node --import tsx dev/speech/record.ts --all    renders everything anew
import { createHash } from 'node:crypto';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { linesToRecord, type LineToRecord, type Speaker } from './lines-to-record.js';
import { readIndex, RECORDED_FOLDER } from './recorded-lines.js';
import { resample } from './resample.js';
import { decodeWav, encodeMuLawWav } from './wav.js';

const SAMPLE_RATE = 16_000;
const DEADLINE_MS = 20_000;
/** Two voices, so that a listener can tell them apart: espeak-ng variant, pitch (0–99), words a minute. */
const VOICES: Record<Speaker, { variant: string; pitch: number; speed: number }> = {
  agent: { variant: '+f3', pitch: 55, speed: 150 },
  caller: { variant: '+m3', pitch: 35, speed: 155 },
};

async function record({ sentence, language, speaker }: LineToRecord): Promise<Uint8Array> {
  const { variant, pitch, speed } = VOICES[speaker];
  const { stdout } = await execa(
    'espeak-ng',
    ['-v', `${language}${variant}`, '-p', `${pitch}`, '-s', `${speed}`, '--stdout', sentence],
    { encoding: 'buffer', timeout: DEADLINE_MS },
  );
  const { samples, sampleRate } = decodeWav(stdout);
  return encodeMuLawWav({
    samples: resample(withoutTrailingSilence(samples), sampleRate, SAMPLE_RATE),
    sampleRate: SAMPLE_RATE,
  });
}

function withoutTrailingSilence(samples: Int16Array): Int16Array {
  const last = samples.findLastIndex((sample) => Math.abs(sample) > 100);
  return samples.subarray(0, last + 1);
}

function fileNameOf({ sentence, language, speaker }: LineToRecord): string {
  const hash = createHash('sha256').update(sentence).digest('hex').slice(0, 12);
  return `${language}-${speaker}-${hash}.wav`;
}

/** @throws Error that says how to get it, when espeak-ng is not installed. */
async function requireEspeak(): Promise<void> {
  const { failed } = await execa('espeak-ng', ['--version'], { reject: false });
  if (failed) {
    throw new Error(
      'espeak-ng is needed to record new lines, and only for that. Install it (apt-get install espeak-ng, ' +
        'brew install espeak-ng) and run this again.',
    );
  }
}

async function main(): Promise<void> {
  const known = process.argv.includes('--all') ? {} : await readIndex();
  const lines = await linesToRecord();
  const missing = lines.filter((line) => known[line.sentence] !== fileNameOf(line));
  if (missing.length > 0) {
    await requireEspeak();
  }
  for (const line of missing) {
    await writeFile(new URL(fileNameOf(line), RECORDED_FOLDER), await record(line));
  }
  const index = Object.fromEntries(lines.map((line) => [line.sentence, fileNameOf(line)]));
  const spoken = new Set(['index.json', ...Object.values(index)]);
  const leftOver = (await readdir(RECORDED_FOLDER)).filter((name) => !spoken.has(name));
  await Promise.all(leftOver.map((name) => rm(new URL(name, RECORDED_FOLDER))));
  await writeFile(
    new URL('index.json', RECORDED_FOLDER),
    `${JSON.stringify(index, undefined, 2)}\n`,
  );
  console.log(
    `${lines.length} lines recorded: ${missing.length} rendered now, ${leftOver.length} removed.`,
  );
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
