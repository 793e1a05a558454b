import { readdir, readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { needsRecording, sentencesOf } from './recorded-lines.js';

const SCENARIOS = new URL('../realtime-simulator/scenarios/', import.meta.url);
const INTERVIEWS = new URL('../../interviews/', import.meta.url);

/** Who says a line decides the voice it is recorded in. */
export type Speaker = 'agent' | 'caller';

export interface LineToRecord {
  /** One sentence, as {@link sentencesOf} splits it. */
  readonly sentence: string;
  /** Language tag of the scenario or interview, such as `ru`. */
  readonly language: string;
  readonly speaker: Speaker;
  /** The simulator cannot do without a scenario's lines; an interview's are spoken by whatever model there is. */
  readonly source: 'scenario' | 'interview';
}

/** What is spoken of a scenario; its full schema belongs to the simulator. */
const scenario = z.object({
  language: z.string(),
  greeting: z.string(),
  turns: z.array(z.object({ hears: z.string(), says: z.string() })),
  fallback: z.string(),
});
/** What the agent says of an interview word for word; the questions are the model's to word. */
const interview = z.object({ language: z.string(), greeting: z.string(), closing: z.string() });

interface Script {
  readonly source: LineToRecord['source'];
  readonly file: string;
  readonly language: string;
  readonly lines: Readonly<Record<Speaker, readonly string[]>>;
}

/**
 * Every sentence that is spoken and that the synthesiser cannot read, once each.
 * @throws Error for a line with a placeholder: what a tool will return cannot be recorded beforehand.
 */
export async function linesToRecord(): Promise<LineToRecord[]> {
  const found = new Map<string, LineToRecord>();
  for (const { source, file, language, lines } of [
    ...(await scenarios()),
    ...(await interviews()),
  ]) {
    for (const speaker of ['agent', 'caller'] as const) {
      for (const sentence of lines[speaker].filter(needsRecording).flatMap(sentencesOf)) {
        if (sentence.includes('{')) {
          throw new Error(`${file}: "${sentence}" is to be recorded and has a placeholder in it.`);
        }
        found.set(sentence, found.get(sentence) ?? { sentence, language, speaker, source });
      }
    }
  }
  return [...found.values()];
}

async function scenarios(): Promise<Script[]> {
  return (await readAll(SCENARIOS, scenario)).map(
    ({ file, content: { language, greeting, turns, fallback } }) => ({
      source: 'scenario',
      file,
      language,
      lines: {
        agent: [greeting, ...turns.map(({ says }) => says), fallback],
        caller: turns.map(({ hears }) => hears),
      },
    }),
  );
}

async function interviews(): Promise<Script[]> {
  return (await readAll(INTERVIEWS, interview)).map(
    ({ file, content: { language, greeting, closing } }) => ({
      source: 'interview',
      file,
      language,
      lines: { agent: [greeting, closing], caller: [] },
    }),
  );
}

async function readAll<Content>(
  folder: URL,
  schema: z.ZodType<Content>,
): Promise<{ file: string; content: Content }[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(
    files.map(async (file) => ({
      file,
      content: schema.parse(parse(await readFile(new URL(file, folder), 'utf8'))),
    })),
  );
}
