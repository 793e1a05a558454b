import { CALLER_VOICE } from '../caller/caller.js';
import { MICROPHONE_SAMPLE_RATE, VoiceMeter } from '../caller/index.js';
import { loadScenario } from '../realtime-simulator/scenario.js';
import { synthesize } from '../speech/index.js';
import { ReplyMeter, type HeardReply } from './reply-meter.js';

const SAMPLE_RATE = 24_000;
const FRAME = SAMPLE_RATE / 50;

/** The simulator's script. */
export const SCENARIO_FILE = new URL('scenario.yaml', import.meta.url);

/** What is said in a call, and how the agent's part sounds when nothing is wrong with it. */
export interface Lines {
  /** The caller's, as samples for `Caller.play`. */
  readonly caller: Int16Array;
  /** The agent's reply to it, as heard by the ear that measures the calls. */
  readonly reply: HeardReply;
  /** How long a reply, and the greeting, are silent before the first word: synthesis begins with a pause. */
  readonly replySilenceMs: number;
  readonly greetingSilenceMs: number;
}

export async function prepareLines(): Promise<Lines> {
  const { voice, greeting, fallback, turns } = loadScenario(SCENARIO_FILE);
  const reply = heard(await synthesize(fallback, { voice, sampleRate: SAMPLE_RATE }));
  const welcome = heard(await synthesize(greeting, { voice, sampleRate: SAMPLE_RATE }));
  return {
    caller: await synthesize(turns[0]?.hears ?? '', {
      voice: CALLER_VOICE,
      sampleRate: MICROPHONE_SAMPLE_RATE,
    }),
    reply: reply.reply,
    replySilenceMs: reply.silenceMs,
    greetingSilenceMs: welcome.silenceMs,
  };
}

function heard(samples: Int16Array): { reply: HeardReply; silenceMs: number } {
  const meter = new ReplyMeter();
  const ear = new VoiceMeter({ onFrame: (isVoice, frameMs) => meter.frame(isVoice, frameMs) });
  for (let at = 0; at < samples.length; at += FRAME) {
    ear.push(samples.slice(at, at + FRAME), SAMPLE_RATE, (at / SAMPLE_RATE) * 1000);
  }
  return { reply: meter.take(), silenceMs: ear.spans[0]?.startedAtMs ?? 0 };
}
