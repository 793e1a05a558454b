import { voiceName } from '../connection-record.js';
import type { ResponseParams } from '../protocol/client-events.js';
import { refuse, type ErrorBody } from '../protocol/errors.js';
import { newId } from '../protocol/ids.js';
import type { CancelReason, ResponseBody } from '../protocol/server-events.js';
import type { RealtimeSettings } from '../protocol/session-settings.js';
import { countResponse, noUsage, type ResponseUsage } from '../protocol/usage.js';
import { runUntilClosed } from '../session/pace.js';
import type { SessionView } from '../session/services.js';
import { callTool } from './call-tool.js';
import { Reply, type ReplyEnd } from './reply.js';
import { speak } from './speak.js';
import { write } from './write.js';

/** The replies of one session: at most one at a time in its conversation. */
export class Replies {
  readonly #session: SessionView;
  readonly #settings: () => RealtimeSettings;
  readonly #heardMs: () => number;
  readonly #conversationId = newId('conv');
  readonly #onDone: (spokenMs: number) => void;
  #active: Reply | undefined;
  #turnWaits = false;
  #countedTokens = 0;

  constructor(options: {
    readonly session: SessionView;
    readonly settings: () => RealtimeSettings;
    readonly heardMs: () => number;
    readonly onDone: (spokenMs: number) => void;
  }) {
    this.#session = options.session;
    this.#settings = options.settings;
    this.#heardMs = options.heardMs;
    this.#onDone = options.onDone;
  }

  /** `response.create`. @throws RefusedEvent when one is under way. */
  create(params: ResponseParams, clientEventId: string | null): void {
    if (this.#active !== undefined && params.conversation !== 'none') {
      throw refuse.activeResponse(this.#active.id);
    }
    const { connection } = this.#session;
    const trouble = connection.takeReplyTrouble();
    if (trouble?.kind === 'refuse') {
      connection.sendError(trouble.error, clientEventId);
      return;
    }
    if (trouble?.kind === 'ignore') {
      return;
    }
    const reply = new Reply(this.#session, this.#settings(), params, trouble);
    if (!reply.outOfBand) {
      this.#active = reply;
    }
    runUntilClosed(this.#run(reply));
  }

  /** Answers the caller's turn: now, or as soon as the reply under way is over. */
  answerTurn(): void {
    if (this.#active === undefined) {
      this.create({}, null);
    } else {
      this.#turnWaits = true;
    }
  }

  /** The caller speaks: what is being said ends. */
  interrupt(): void {
    this.#active?.cancel('turn_detected');
  }

  /** `response.cancel`. @throws RefusedEvent when there is nothing to cancel. */
  cancel(responseId: string | undefined, reason: CancelReason = 'client_cancelled'): void {
    const active = this.#active;
    if (active === undefined || (responseId !== undefined && responseId !== active.id)) {
      throw refuse.nothingToCancel();
    }
    active.cancel(reason);
  }

  async #run(reply: Reply): Promise<void> {
    const { connection } = this.#session;
    connection.send({ type: 'response.created', response: this.#body(reply) });
    this.#sendRateLimits();
    const end = await perform(reply);
    if (this.#active === reply) {
      this.#active = undefined;
    }
    const usage = this.#count(end);
    const body = this.#body(reply);
    connection.send({
      type: 'response.done',
      response: {
        ...body,
        status: end.status,
        status_details: end.details,
        output: end.output,
        usage,
      },
    });
    this.#onDone(end.spokenMs);
    if (this.#turnWaits && this.#active === undefined) {
      this.#turnWaits = false;
      this.create({}, null);
    }
  }

  #body(reply: Reply): ResponseBody {
    const settings = this.#settings();
    const { format, voice } = settings.audio.output;
    return {
      id: reply.id,
      object: 'realtime.response',
      conversation_id: reply.outOfBand ? null : this.#conversationId,
      status: 'in_progress',
      status_details: null,
      output: [],
      output_modalities: reply.modalities,
      max_output_tokens: reply.params.max_output_tokens ?? settings.max_output_tokens,
      audio: { output: { format, voice: voiceName(voice) } },
      usage: null,
      metadata: reply.params.metadata ?? null,
    };
  }

  #count(end: ReplyEnd): ResponseUsage {
    if (end.status === 'failed') {
      return noUsage;
    }
    const usage = countResponse({
      instructions: this.#settings().instructions,
      items: this.#session.conversation.items,
      heardMs: this.#heardMs(),
      spokenMs: end.spokenMs,
      spokenText: end.spokenText,
      cachedTokens: this.#countedTokens,
    });
    this.#countedTokens = usage.input_token_details.text_tokens;
    return usage;
  }

  #sendRateLimits(): void {
    const requests = { name: 'requests', limit: 1000, remaining: 999, reset_seconds: 60 } as const;
    const tokens = { name: 'tokens', limit: 50_000, remaining: 49_000, reset_seconds: 60 } as const;
    const rate_limits = [requests, tokens];
    this.#session.connection.send({ type: 'rate_limits.updated', rate_limits });
  }
}

async function perform(reply: Reply): Promise<ReplyEnd> {
  if (reply.trouble?.kind === 'fail') {
    return failed(reply.trouble.error);
  }
  const { deed } = reply;
  try {
    if (deed.kind === 'call') {
      return await callTool(reply, deed);
    }
    return await (reply.modalities.includes('audio')
      ? speak(reply, deed.text)
      : write(reply, deed.text));
  } catch (error) {
    reply.session.connection.closed.throwIfAborted();
    const message = `The simulator could not speak: ${String(error)}`;
    return failed({ type: 'server_error', code: 'server_error', message, param: null });
  }
}

function failed({ type, code, message }: ErrorBody): ReplyEnd {
  const details = { type: 'failed', error: { type, code, message } } as const;
  return { status: 'failed', details, output: [], spokenMs: 0, spokenText: '' };
}
