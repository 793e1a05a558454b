// Records the lines that the synthesiser cannot read. Run it after changing a scenario in another alphabet:
//   node --import tsx dev/speech/record.ts          renders what is missing, removes what is no longer spoken
//   node --import tsx dev/speech/record.ts --all    renders everything anew
import { createHash } from 'node:crypto';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { AGENT_VOICE, requireEspeak, speakWithEspeak, type EspeakVoice } from './espeak.js';
import { linesToRecord, type LineToRecord, type Speaker } from './lines-to-record.js';
import { readIndex, RECORDED_FOLDER } from './recorded-lines.js';
import { encodeMuLawWav } from './wav.js';

/** Two voices, so that a listener can tell them apart. */
const VOICES: Record<Speaker, EspeakVoice> = {
  agent: AGENT_VOICE,
  caller: { variant: '+m3', pitch: 35, speed: 155 },
};

async function record({ sentence, language, speaker }: LineToRecord): Promise<Uint8Array> {
  return encodeMuLawWav(await speakWithEspeak(sentence, language, VOICES[speaker]));
}

function fileNameOf({ sentence, language, speaker }: LineToRecord): string {
  const hash = createHash('sha256').update(sentence).digest('hex').slice(0, 12);
  return `${language}-${speaker}-${hash}.wav`;
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
