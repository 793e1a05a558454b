import { z } from 'zod';
import type { Item } from './protocol/items.js';
import { countUserTurns } from './session/conversation.js';
import type { Scenario, ScenarioTurn } from './scenario.js';

/** What the model does next. */
export type Deed =
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: string };

/** Said when there is no scenario in the session's language. */
export const noScenarioText =
  'This is a simulator, not a model. I do not understand speech, and I have no script in this language.';
/** Reported as heard when nothing is scripted. */
export const notUnderstood = '(speech that the simulator does not understand)';

/** Finds the scenario of a language tag: "en-US" finds "en". */
export function scenarioFor(
  scenarios: readonly Scenario[],
  languageTag: string | undefined,
): Scenario | undefined {
  const language = (languageTag ?? 'en').toLowerCase().split(/[-_]/)[0];
  return scenarios.find((one) => one.language === language);
}

/** What is reported as heard in the caller's turn `number`, counted from 1. */
export function heardIn(scenario: Scenario | undefined, number: number): string {
  return scenario?.turns[number - 1]?.hears ?? notUnderstood;
}

/**
 * Decides from the conversation alone, so a reconnect that restores its items goes on where it was.
 * `toolNames` are the tools offered for this reply.
 */
export function nextDeed(
  scenario: Scenario | undefined,
  items: readonly Item[],
  toolNames: readonly string[],
): Deed {
  if (scenario === undefined) {
    return { kind: 'say', text: noScenarioText };
  }
  const turns = countUserTurns(items);
  if (turns === 0) {
    return { kind: 'say', text: scenario.greeting };
  }
  const turn = scenario.turns[turns - 1];
  return turn === undefined
    ? { kind: 'say', text: scenario.fallback }
    : deedOfTurn(turn, sinceLastUserTurn(items), toolNames);
}

function deedOfTurn(
  turn: ScenarioTurn,
  items: readonly Item[],
  toolNames: readonly string[],
): Deed {
  const made = items.filter((item) => item.type === 'function_call');
  const next = [turn.calls ?? []].flat()[made.length];
  if (next === undefined) {
    const last = made.at(-1);
    const answer = items.find(
      (item) => item.type === 'function_call_output' && item.call_id === last?.call_id,
    );
    return {
      kind: 'say',
      text: fill(turn.says, answer?.type === 'function_call_output' ? answer.output : ''),
    };
  }
  if (!toolNames.includes(next.name)) {
    const text = `My script says that I call ${next.name}, but this session does not offer that tool.`;
    return { kind: 'say', text };
  }
  return { kind: 'call', name: next.name, arguments: JSON.stringify(next.arguments) };
}

/** Puts the fields of a tool's JSON output where the line has `{output.NAME}`. */
function fill(line: string, output: string): string {
  const values = fieldsOf(output);
  return line.replaceAll(/\{output\.(\w+)\}/g, (_whole, name: string) => {
    const value = values[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : 'unknown';
  });
}

const fields = z.record(z.string(), z.unknown());

/** LiveKit encodes a tool's output twice when the tool returned a string. */
function fieldsOf(output: string): Record<string, unknown> {
  try {
    const once: unknown = JSON.parse(output);
    const twice: unknown = typeof once === 'string' ? JSON.parse(once) : once;
    return fields.safeParse(twice).data ?? {};
  } catch {
    return {};
  }
}

function sinceLastUserTurn(items: readonly Item[]): readonly Item[] {
  const at = items.findLastIndex((item) => item.type === 'message' && item.role === 'user');
  return items.slice(at + 1);
}
