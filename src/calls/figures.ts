import { estimateCost } from '../records/call/cost.js';
import { tokensOf } from '../records/call/usage.js';
import type { JournalEntry } from '../records/journal/entry.js';
import { waitsOf } from './waits.js';

type Entry<T extends JournalEntry['type']> = Extract<JournalEntry, { type: T }>;

/** One kind of error of a call. */
export interface ErrorFigure {
  readonly code: string;
  /** Who has to act. */
  readonly fault: string;
  readonly category?: string | undefined;
  readonly times: number;
  /** All of them were recovered from. */
  readonly recovered: boolean;
}

/** What an operator asks of a call, as its journal answers it. What it does not say is left out. */
export interface Figures {
  readonly room?: string | undefined;
  readonly language?: string | undefined;
  /** Where its log lines are. */
  readonly worker?:
    { readonly version: string; readonly host: string; readonly pid: number } | undefined;
  /** Name of the realtime model, and whether a simulator played it. */
  readonly model?: string | undefined;
  readonly simulated: boolean;
  /** From the caller's arrival to the agent's first sound. */
  readonly firstWordMs?: number | undefined;
  /** Free text beside the outcome, and the error that ended the call: code, fault, message, remedy. */
  readonly detail?: string | undefined;
  readonly error?: Readonly<Record<string, string>> | undefined;
  readonly modelConnections?: number | undefined;
  /** Attempts to mend a lost connection to the model; outages that were mended, and how long each took. */
  readonly modelAttempts: number;
  readonly modelDownMs: readonly number[];
  /** Times that its connection was renewed as planned. */
  readonly modelRenewals: number;
  readonly livekitDownMs: readonly number[];
  readonly repliesLost: number;
  readonly tools: readonly ToolFigure[];
  readonly errors: readonly ErrorFigure[];
  readonly tokens?: { readonly in: number; readonly out: number } | undefined;
  /** An estimate; left out when the price of a model is not known. */
  readonly costUsd?: number | undefined;
  /** The most that the call's process ever had. */
  readonly peakMemoryMb?: number | undefined;
}

export interface ToolFigure {
  readonly name: string;
  readonly calls: number;
  readonly failed: number;
  /** The longest. */
  readonly maxMs?: number | undefined;
}

export function figuresOf(entries: readonly JournalEntry[]): Figures {
  const all = <T extends JournalEntry['type']>(type: T): Entry<T>[] =>
    entries.filter((entry): entry is Entry<T> => entry.type === type);
  const call = all('call').at(-1);
  const outcome = all('outcome').at(-1);
  const { firstWord, tools } = waitsOf(entries);
  const model = call?.models?.realtime;
  return {
    room: call?.room,
    language: call?.language,
    worker: call?.worker,
    model,
    simulated: call?.simulated ?? false,
    firstWordMs: firstWord?.latencyMs,
    detail: outcome?.detail,
    error: outcome?.error,
    modelConnections: outcome?.modelConnections,
    modelAttempts: all('reconnecting').length,
    modelDownMs: all('reconnected').map(({ downMs }) => downMs),
    modelRenewals: all('model-renewed').length,
    livekitDownMs: all('livekit-back').map(({ downMs }) => downMs),
    repliesLost: all('reply-lost').length,
    tools: toolFigures(all('tool'), tools),
    errors: errorFigures(all('error')),
    tokens: outcome && tokensOf(outcome.usage),
    costUsd: outcome && costOf(outcome.usage, model ?? ''),
    peakMemoryMb: outcome?.peakMemoryMb,
  };
}

function costOf(usage: readonly unknown[], model: string): number | undefined {
  const { amount, unpriced } = estimateCost(usage, model);
  return unpriced.length === 0 ? amount : undefined;
}

function toolFigures(
  ended: readonly Entry<'tool'>[],
  times: ReadonlyMap<number, number>,
): ToolFigure[] {
  const names = [...new Set(ended.map(({ name }) => name))];
  return names.map((name) => {
    const ofName = ended.filter((tool) => tool.name === name);
    const took = ofName.flatMap(({ seq }) => times.get(seq) ?? []);
    return {
      name,
      calls: ofName.length,
      failed: ofName.filter(({ isError }) => isError).length,
      ...(took.length === 0 ? {} : { maxMs: Math.max(...took) }),
    };
  });
}

function errorFigures(errors: readonly Entry<'error'>[]): ErrorFigure[] {
  const figures = new Map<string, ErrorFigure>();
  for (const { code, fault, category, recoverable } of errors) {
    const kind = [code, fault, category ?? ''].join(' ');
    const before = figures.get(kind);
    figures.set(kind, {
      code,
      fault,
      ...(category === undefined ? {} : { category }),
      times: (before?.times ?? 0) + 1,
      recovered: (before?.recovered ?? true) && recoverable,
    });
  }
  return [...figures.values()];
}
