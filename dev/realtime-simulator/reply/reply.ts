import type { ReplyTrouble } from '../faults/fault.js';
import type { ResponseParams } from '../protocol/client-events.js';
import { newId } from '../protocol/ids.js';
import type { AssistantItem, FunctionCallItem, Item } from '../protocol/items.js';
import type { CancelReason, ResponseStatus, StatusDetails } from '../protocol/server-events.js';
import type { RealtimeSettings } from '../protocol/session-settings.js';
import { nextDeed, type Deed } from '../script.js';
import { scenarioOf, type SessionView } from '../session/services.js';
import { OutputItem } from './output.js';

/** How a reply ended. */
export interface ReplyEnd {
  readonly status: ResponseStatus;
  readonly details: StatusDetails | null;
  readonly output: readonly Item[];
  readonly spokenMs: number;
  readonly spokenText: string;
}

/** One reply of the model, from `response.created` to `response.done`: what it is made of, and whether it goes on. */
export class Reply {
  readonly id = newId('resp');
  readonly deed: Deed;
  readonly trouble: ReplyTrouble | undefined;
  readonly session: SessionView;
  readonly params: ResponseParams;
  readonly modalities: RealtimeSettings['output_modalities'];
  /** Aborted when the reply is cancelled or the connection has closed. */
  readonly #interrupted: AbortSignal;
  readonly #cancelled = new AbortController();
  #cancelReason: CancelReason | undefined;
  spokenMs = 0;
  spokenText = '';

  constructor(
    session: SessionView,
    settings: RealtimeSettings,
    params: ResponseParams,
    trouble: ReplyTrouble | undefined,
  ) {
    this.session = session;
    this.params = params;
    this.trouble = trouble;
    this.#interrupted = AbortSignal.any([this.#cancelled.signal, session.connection.closed]);
    this.modalities = params.output_modalities ?? settings.output_modalities;
    const choice = params.tool_choice ?? settings.tool_choice;
    const tools = choice === 'none' ? [] : (params.tools ?? settings.tools);
    const names = tools.map((tool) => tool.name);
    this.deed = nextDeed(scenarioOf(session), session.conversation.items, names);
  }

  /** Replies with `conversation: 'none'` leave no item behind, and may run beside another one. */
  get outOfBand(): boolean {
    return this.params.conversation === 'none';
  }

  get cancelReason(): CancelReason | undefined {
    return this.#cancelReason;
  }

  /** Only the first reason counts. A stalled reply does not listen. */
  cancel(reason: CancelReason): void {
    this.#cancelReason ??= reason;
    this.#cancelled.abort();
  }

  /** Waits, unless cancelled. Rejects with AbortError only when the connection has closed. */
  async wait(waiting: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { closed } = this.session.connection;
    try {
      await waiting(this.#interrupted);
    } catch (error) {
      closed.throwIfAborted();
      if (this.#cancelReason === undefined) {
        throw error;
      }
    }
  }

  /** Waits as long as a model does before it begins. Answers whether the reply goes on. */
  async think(): Promise<boolean> {
    const { pace } = this.session.services;
    await this.wait((signal) => pace.wait(pace.latencies.firstAudioMs, signal));
    return this.cancelReason === undefined;
  }

  newMessage(): OutputItem<AssistantItem> {
    return this.newOutput({
      id: newId('item'),
      object: 'realtime.item',
      type: 'message',
      status: 'in_progress',
      role: 'assistant',
      content: [],
    });
  }

  newOutput<T extends AssistantItem | FunctionCallItem>(item: T): OutputItem<T> {
    const { connection, conversation } = this.session;
    return new OutputItem(connection, this.outOfBand ? null : conversation, this.id, item);
  }

  /** The reply as it stands: complete, cancelled, or cut short by its trouble. */
  end(output: readonly Item[], incomplete?: StatusDetails): ReplyEnd {
    const { spokenMs, spokenText, cancelReason } = this;
    const spoken = { output, spokenMs, spokenText };
    if (cancelReason !== undefined) {
      const details = { type: 'cancelled', reason: cancelReason } as const;
      return { ...spoken, status: 'cancelled', details };
    }
    return incomplete === undefined
      ? { ...spoken, status: 'completed', details: null }
      : { ...spoken, status: 'incomplete', details: incomplete };
  }
}
