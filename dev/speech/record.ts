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

async function main(): Promise<void> {
  const found = await execa('espeak-ng', ['--version'], { reject: false });
  if (found.failed) {
    console.error(
      'espeak-ng is needed to record lines, and only for that. Install it (apt-get install espeak-ng, ' +
        'brew install espeak-ng) and run this again.',
    );
    process.exitCode = 1;
    return;
  }
  const known = process.argv.includes('--all') ? {} : await readIndex();
  const index: Record<string, string> = {};
  let rendered = 0;
  for (const line of await linesToRecord()) {
    const file = fileNameOf(line);
    index[line.sentence] = file;
    if (known[line.sentence] !== file) {
      await writeFile(new URL(file, RECORDED_FOLDER), await record(line));
      rendered += 1;
    }
  }
  const spoken = new Set(['index.json', ...Object.values(index)]);
  const leftOver = (await readdir(RECORDED_FOLDER)).filter((name) => !spoken.has(name));
  await Promise.all(leftOver.map((name) => rm(new URL(name, RECORDED_FOLDER))));
  await writeFile(
    new URL('index.json', RECORDED_FOLDER),
    `${JSON.stringify(index, undefined, 2)}\n`,
  );
  console.log(
    `${Object.keys(index).length} lines recorded: ${rendered} rendered now, ${leftOver.length} removed.`,
  );
}

await main();
