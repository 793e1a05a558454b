/**
 * Everything that a span or an event may say, and so everything that leaves with a trace: ids, codes, times and counts. Nothing
 * that anybody said, was told, or is. A name that is not here does not compile, and would not be sent.
 */
const NAMES = [
  'call.id',
  'call.room',
  'call.interview',
  'call.language',
  'call.outcome',
  'call.duration_ms',
  'call.first_word_ms',
  'call.model_connections',
  'call.cost_estimate_usd',
  'gen_ai.usage.input_tokens',
  'gen_ai.usage.output_tokens',
  'error.type',
  'error.fault',
  'error.category',
  'error.recoverable',
  'turn.number',
  'turn.latency_ms',
  'tool.name',
  'tool.result',
  'model.attempt',
  'model.attempts_at_most',
  'model.delay_ms',
  'model.down_ms',
  'notice.name',
  'notice.heard',
  'question.id',
  'question.state',
  'caller.why',
  'caller.away_ms',
  'caller.nudge',
  'time.left_ms',
  'livekit.down_ms',
] as const;

/** No id, code or name of ours is longer. */
const TEXT_MAX = 128;

type Value = string | number | boolean;

export type TraceAttributes = {
  readonly [Name in (typeof NAMES)[number]]?: Value | undefined;
};

/** What of it is sent: what is on the list, texts without secrets and cut short. */
export function sendable(
  attributes: TraceAttributes,
  redact: (text: string) => string,
): Record<string, Value> {
  return Object.fromEntries(
    NAMES.flatMap((name): [string, Value][] => {
      const value = attributes[name];
      return value === undefined
        ? []
        : [[name, typeof value === 'string' ? redact(value).slice(0, TEXT_MAX) : value]];
    }),
  );
}
