import { execa } from 'execa';
import { resample } from './resample.js';
import { decodeWav, type Pcm } from './wav.js';

/** What recordings are made in: plenty for a voice. */
const SAMPLE_RATE = 16_000;
const DEADLINE_MS = 20_000;

/** An espeak-ng variant, pitch (0–99) and words a minute. */
export interface EspeakVoice {
  readonly variant: string;
  readonly pitch: number;
  readonly speed: number;
}

/** The agent's voice in every language that is recorded. */
export const AGENT_VOICE: EspeakVoice = { variant: '+f3', pitch: 55, speed: 150 };

/** Speaks a text with espeak-ng, without the silence at its end. */
export async function speakWithEspeak(
  text: string,
  language: string,
  { variant, pitch, speed }: EspeakVoice,
): Promise<Pcm> {
  const { stdout } = await execa(
    'espeak-ng',
    ['-v', `${language}${variant}`, '-p', `${pitch}`, '-s', `${speed}`, '--stdout', text],
    { encoding: 'buffer', timeout: DEADLINE_MS },
  );
  const { samples, sampleRate } = decodeWav(stdout);
  return {
    samples: resample(withoutTrailingSilence(samples), sampleRate, SAMPLE_RATE),
    sampleRate: SAMPLE_RATE,
  };
}

/** @throws Error that says how to get it, when espeak-ng is not installed. */
export async function requireEspeak(): Promise<void> {
  const { failed } = await execa('espeak-ng', ['--version'], { reject: false });
  if (failed) {
    throw new Error(
      'espeak-ng is needed to record new lines, and only for that. Install it (apt-get install espeak-ng, ' +
        'brew install espeak-ng) and run this again.',
    );
  }
}

function withoutTrailingSilence(samples: Int16Array): Int16Array {
  const last = samples.findLastIndex((sample) => Math.abs(sample) > 100);
  return samples.subarray(0, last + 1);
}
