import {
  fastLatencies,
  startRealtimeSimulator,
  type RealtimeSimulator,
  type Scenario,
  type SimulatorOptions,
} from '../../../../dev/realtime-simulator/index.js';
import { tone } from './sounds.js';

/** Every word takes this long in the tests' speech, which is a tone. */
export const wordMs = 100;

export const scenario: Scenario = {
  language: 'en',
  voice: 'slt',
  greeting: 'Hello and welcome.',
  turns: [
    { hears: 'I am Sam.', says: 'Tell me more.', interrupt: false },
    { hears: 'A story please.', says: 'word '.repeat(60).trim(), interrupt: true },
    {
      hears: 'What have you noted?',
      says: 'I noted {output.utterances} things.',
      calls: { name: 'get_transcript', arguments: { last: 3 } },
      interrupt: false,
    },
  ],
  fallback: 'Only a simulator.',
};

/** A simulator without waits and without a synthesiser. */
export async function startTestSimulator(
  options: SimulatorOptions = {},
): Promise<RealtimeSimulator> {
  return startRealtimeSimulator({
    scenarios: [scenario],
    speak: async (text) => tone(text.split(' ').length * wordMs),
    ...options,
    latencies: { ...fastLatencies, ...options.latencies },
  });
}
