import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const call = z.strictObject({
  name: z.string().min(1),
  arguments: z.record(z.string(), z.unknown()),
});

const turn = z.strictObject({
  /** What is reported as heard in this turn, and what the headless caller says in it. */
  hears: z.string().min(1),
  /** What the simulator answers. `{output.NAME}` is taken from the last tool's output. */
  says: z.string().min(1),
  /** The tool called before answering, or several, one after the other. */
  calls: z.union([call, z.array(call)]).optional(),
  /** Whether the headless caller talks over this answer. */
  interrupt: z.boolean().default(false),
});

const scenario = z.strictObject({
  /** Two letters; a session hears and speaks the scenario of its transcription language. */
  language: z.string().regex(/^[a-z]{2}$/),
  voice: z.enum(['slt', 'rms', 'awb', 'kal16']),
  /** Spoken while nobody has said anything yet. */
  greeting: z.string().min(1),
  turns: z.array(turn).min(1),
  /** Spoken when all turns are used up. Says that this is a simulator. */
  fallback: z.string().min(1),
});

export type ScenarioTurn = z.output<typeof turn>;
/** One written conversation: what the simulator hears, does and says, turn by turn. */
export type Scenario = z.output<typeof scenario>;

const shippedFolder = new URL('./scenarios/', import.meta.url);

/**
 * Reads one scenario file.
 * @throws Error naming the file and everything wrong in it.
 */
export function loadScenario(file: string | URL): Scenario {
  const parsed = scenario.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) {
    throw new Error(`Scenario ${String(file)} is not valid:\n${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}

/** The scenarios in `scenarios/`. */
export function loadShippedScenarios(): Scenario[] {
  return readdirSync(shippedFolder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => loadScenario(new URL(name, shippedFolder)));
}

/** The shipped scenario of a language ("en", "ru"), as the headless caller and the tests read it. */
export function shippedScenario(language: string): Scenario {
  const found = loadShippedScenarios().find((one) => one.language === language);
  if (found === undefined) {
    throw new Error(`No scenario in dev/realtime-simulator/scenarios has language: ${language}.`);
  }
  return found;
}

/** Every line a scenario can speak that is known beforehand; lines filled from a tool's output are not. */
export function knownLines(one: Scenario): string[] {
  const lines = [one.greeting, ...one.turns.map((each) => each.says), one.fallback];
  return lines.filter((line) => !line.includes('{output.'));
}
