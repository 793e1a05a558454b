import { randomUUID } from 'node:crypto';
import { VoiceMeter } from '../../caller/voice-meter.js';
import { joinAsCaller, type Caller } from '../../caller/index.js';
import { synthesize } from '../../speech/index.js';
import { callerToken } from '../../stack/index.js';
import { loadScenario } from '../../realtime-simulator/scenario.js';
import type { BenchPieces } from '../pieces.js';
import type { Subject } from '../subject.js';

const SAMPLE_RATE = 24_000;
const FRAME = SAMPLE_RATE / 50;

const scenario = loadScenario(new URL('../scenario.yaml', import.meta.url));

/** What the caller says to be answered, and what each side's lines are. */
export const CALLER_LINE = scenario.turns[0]?.hears ?? '';
export const GREETING = scenario.greeting;
export const REPLY = scenario.fallback;

/** Joins a new room as a caller, to which the subject's agent is sent. */
export async function call({ livekit }: BenchPieces, { name }: Subject): Promise<Caller> {
  const room = `bench-${randomUUID()}`;
  const token = await callerToken({ livekit, room, identity: 'caller', agentName: name });
  return joinAsCaller({ url: livekit.url, token });
}

/** A moment of `performance.now()` in milliseconds since the epoch, which is how the simulator dates events. */
export function sinceEpoch(atMs: number): number {
  return atMs + Date.now() - performance.now();
}

/**
 * How long a line of the simulator is silent before its first word: speech synthesis begins with a pause. Found with the ear
 * that measures the calls, so that what is left of a delay is the way from the model to the caller.
 */
export async function silenceBefore(line: string): Promise<number> {
  const samples = await synthesize(line, { voice: scenario.voice, sampleRate: SAMPLE_RATE });
  const ear = new VoiceMeter();
  for (let at = 0; at < samples.length; at += FRAME) {
    ear.push(samples.slice(at, at + FRAME), SAMPLE_RATE, (at / SAMPLE_RATE) * 1000);
  }
  const first = ear.spans[0];
  if (first === undefined) {
    throw new Error(`Nothing is heard of the line "${line}".`);
  }
  return first.startedAtMs;
}
