import { readdir, readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { needsRecording, sentencesOf } from './recorded-lines.js';

const SCENARIOS_FOLDER = new URL('../realtime-simulator/scenarios/', import.meta.url);

/** Who says a line decides the voice it is recorded in. */
export type Speaker = 'agent' | 'caller';

export interface LineToRecord {
  /** One sentence, as {@link sentencesOf} splits it. */
  readonly sentence: string;
  /** Language tag of the scenario, such as `ru`. */
  readonly language: string;
  readonly speaker: Speaker;
}

/** Of a scenario, only what is spoken; its full schema belongs to the simulator. */
const scenarioSchema = z.object({
  language: z.string(),
  greeting: z.string(),
  turns: z.array(z.object({ hears: z.string(), says: z.string() })),
  fallback: z.string(),
});

/**
 * Every sentence of the simulator's scenarios that the synthesiser cannot read, once each.
 * @throws Error for a line with a placeholder: what a tool will return cannot be recorded beforehand.
 */
export async function linesToRecord(): Promise<LineToRecord[]> {
  const names = (await readdir(SCENARIOS_FOLDER)).filter((name) => name.endsWith('.yaml')).sort();
  const lines = new Map<string, LineToRecord>();
  for (const name of names) {
    const scenario = scenarioSchema.parse(
      parse(await readFile(new URL(name, SCENARIOS_FOLDER), 'utf8')),
    );
    const { language, greeting, turns, fallback } = scenario;
    const agentLines = [greeting, ...turns.map(({ says }) => says), fallback];
    const callerLines = turns.map(({ hears }) => hears);
    for (const [speaker, spoken] of [
      ['agent', agentLines],
      ['caller', callerLines],
    ] as const) {
      for (const sentence of spoken.filter(needsRecording).flatMap(sentencesOf)) {
        if (sentence.includes('{')) {
          throw new Error(`${name}: "${sentence}" is to be recorded and has a placeholder in it.`);
        }
        lines.set(sentence, lines.get(sentence) ?? { sentence, language, speaker });
      }
    }
  }
  return [...lines.values()];
}
