import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Context, Span, Tracer } from '@opentelemetry/api';
import type { CallState } from '../../lifecycle/index.js';
import { estimateCost } from '../../records/call/cost.js';
import { tokensOf } from '../../records/call/usage.js';
import { CallProgress } from '../../records/journal/call-progress.js';
import { isBadEnd } from '../bad-ends.js';
import type { CountedEntry } from '../metrics/message.js';
import { sendable, type TraceAttributes } from './attributes.js';
import { eventOf } from './events.js';

/** What is known of a call when it begins. */
export interface TracedCall {
  readonly callId: string;
  /** Chosen by whoever dispatched the job. */
  readonly room: string;
  readonly interview: string;
  readonly language: string;
  /** Of the usage that has no model's name. */
  readonly realtimeModel: string;
}

type Entry<T extends CountedEntry['type']> = Extract<CountedEntry, { type: T }>;

/**
 * One call as a trace: a span for the call, and in it spans for each of its states, the first word, each turn (from the end of the
 * caller's words to the agent's first sound), each tool and each outage of the model; what else happens, as events.
 */
export class CallTrace {
  readonly #tracer: Tracer;
  readonly #redact: (text: string) => string;
  readonly #realtimeModel: string;
  readonly #call: Span;
  readonly #inCall: Context;
  readonly #progress = new CallProgress();
  #turns = 0;
  #state: Span | undefined;
  #outage: Span | undefined;

  /** @param startMs since the epoch */
  constructor(tracer: Tracer, call: TracedCall, redact: (text: string) => string, startMs: number) {
    this.#tracer = tracer;
    this.#redact = redact;
    this.#realtimeModel = call.realtimeModel;
    const attributes = sendable(
      {
        'call.id': call.callId,
        'call.room': call.room,
        'call.interview': call.interview,
        'call.language': call.language,
      },
      redact,
    );
    const options = { kind: SpanKind.SERVER, startTime: startMs, attributes };
    this.#call = tracer.startSpan('call', options, ROOT_CONTEXT);
    this.#inCall = trace.setSpan(ROOT_CONTEXT, this.#call);
  }

  /** The call has come into a state. */
  entered({ name, sinceMs }: CallState): void {
    this.#state?.end(sinceMs);
    this.#state = name === 'closed' ? undefined : this.#begin(name, sinceMs);
  }

  /** Something was written into the journal; states are told by `entered`. */
  happened(entry: CountedEntry): void {
    const atMs = Date.parse(entry.at);
    const { firstWordMs, answerMs, tool } = this.#progress.add(entry);
    if (firstWordMs !== undefined) {
      this.#call.setAttributes(this.#sendable({ 'call.first_word_ms': firstWordMs }));
      this.#span('first word', firstWordMs, atMs, {});
    }
    if (answerMs !== undefined) {
      this.#turns += 1;
      const attributes = { 'turn.number': this.#turns, 'turn.latency_ms': answerMs };
      this.#span('turn', answerMs, atMs, attributes);
    }
    if (tool !== undefined) {
      const { name, ms, isError } = tool;
      const result = isError ? 'error' : 'ok';
      const attributes = { 'tool.name': name, 'tool.result': result };
      this.#span(`tool ${name}`, ms, atMs, attributes, isError);
    }
    if (entry.type === 'reconnecting') {
      this.#outage ??= this.#begin('model outage', atMs);
    } else if (entry.type === 'reconnected') {
      this.#outage?.setAttributes(this.#sendable({ 'model.down_ms': entry.downMs }));
      this.#outage?.end(atMs);
      this.#outage = undefined;
    } else if (entry.type === 'outcome') {
      this.#over(entry, atMs);
    }
    const event = eventOf(entry);
    if (event !== undefined) {
      const span = entry.type === 'reconnecting' ? (this.#outage ?? this.#call) : this.#call;
      span.addEvent(event.name, this.#sendable(event.attributes), atMs);
    }
  }

  /** Nothing follows. What is not ended by now ends here. */
  end(atMs: number): void {
    this.#notMended(atMs);
    this.#state?.end(atMs);
    this.#state = undefined;
    this.#call.end(atMs);
  }

  #notMended(atMs: number): void {
    this.#outage?.setStatus({ code: SpanStatusCode.ERROR }).end(atMs);
    this.#outage = undefined;
  }

  #over(
    { reason, error, durationMs, modelConnections, usage }: Entry<'outcome'>,
    atMs: number,
  ): void {
    const tokens = tokensOf(usage);
    this.#notMended(atMs);
    this.#call.setAttributes(
      this.#sendable({
        'call.outcome': reason,
        'call.duration_ms': durationMs,
        'call.model_connections': modelConnections,
        'call.cost_estimate_usd': estimateCost(usage, this.#realtimeModel).amount,
        'gen_ai.usage.input_tokens': tokens.in,
        'gen_ai.usage.output_tokens': tokens.out,
        'error.type': error?.['code'],
        'error.fault': error?.['fault'],
        'error.category': error?.['category'],
      }),
    );
    if (isBadEnd(reason)) {
      this.#call.setStatus({ code: SpanStatusCode.ERROR, message: reason });
    }
  }

  #begin(name: string, startMs: number): Span {
    return this.#tracer.startSpan(name, { startTime: startMs }, this.#inCall);
  }

  #span(
    name: string,
    ms: number,
    endMs: number,
    attributes: TraceAttributes,
    isError = false,
  ): void {
    const span = this.#begin(name, endMs - ms).setAttributes(this.#sendable(attributes));
    if (isError) {
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    span.end(endMs);
  }

  #sendable(attributes: TraceAttributes): ReturnType<typeof sendable> {
    return sendable(attributes, this.#redact);
  }
}
