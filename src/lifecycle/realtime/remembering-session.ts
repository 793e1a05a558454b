import type { llm } from '@livekit/agents';
import { realtime } from '@livekit/agents-plugin-openai';
import { withNews, withWhatIsBeingSaid } from './context-restore.js';
import { checkRestored } from './restored-context.js';
import { itemIdOf, type ServerEvent } from './server-event.js';
import type { SessionGuard } from './session-guard.js';
import { keepArguments } from './tool-arguments.js';

/** For the service to confirm what it was told of the conversation: a round trip, many times over. */
const CONFIRMATION_MS = 2_000;
/** More than the supervisor's attempts in a row. */
const MOST_LOSSES = 5;

/** The plugin's session with a conversation that outlives its connections (U3 of realtime-faults). */
export abstract class RememberingSession extends realtime.RealtimeSession {
  /** State of the guard. */
  abstract get guard(): SessionGuard;

  /** In the middle of a reconnect too the whole conversation, not only what the new connection has confirmed. */
  override get chatCtx(): llm.ChatContext {
    const known = super.chatCtx;
    const { reconnecting, isComparing, memory } = this.guard;
    return reconnecting && !isComparing ? memory.completing(known.items) : known;
  }

  /**
   * Waits for a reconnect to be over: a difference taken in the middle of one would say everything twice. What was said
   * on a connection that was then lost is said again on the next: a tool's output must not be lost, or the model would
   * call the tool again. A reply that still waits for its listener is missing in `context`, and is not to be forgotten.
   */
  override async updateChatCtx(context: llm.ChatContext): Promise<void> {
    const { guard } = this;
    const ids = this.chatCtx.items.map(({ id }) => id);
    const before = new Set(ids.filter((id) => !guard.ahead.has(id)));
    for (let losses = 0; ; losses += 1) {
      if (guard.reconnecting) {
        await guard.replies.untilReady();
        await guard.memory.untilConfirmed(CONFIRMATION_MS);
      }
      const { state } = guard.supervisor;
      const isOver = (): boolean => guard.supervisor.state === state || losses === MOST_LOSSES;
      try {
        await super.updateChatCtx(withNews(context, this.chatCtx, before));
        if (isOver()) {
          return;
        }
      } catch (error) {
        if (isOver()) {
          throw error;
        }
      }
    }
  }

  /** Upstream restores without tool calls, and nothing at all after an early death (U3). */
  protected override createChatCtxUpdateEvents(
    context: llm.ChatContext,
    ...rest: [addMockAudio?: boolean]
  ): ReturnType<realtime.RealtimeSession['createChatCtxUpdateEvents']> {
    const { guard } = this;
    // Upstream compares with `chatCtx` before it first waits for anything.
    guard.isComparing = true;
    try {
      const { restoring, memory } = guard;
      return super.createChatCtxUpdateEvents(restoring ? memory.toRestore() : context, ...rest);
    } finally {
      guard.isComparing = false;
    }
  }

  /**
   * An item is kept wherever the service puts it. Upstream drops one that comes after an item it does not know, and it
   * would be missing from then on; it goes to the end instead.
   */
  protected override handleConversationItemCreated(
    event: realtime.ConversationItemCreatedEvent,
  ): void {
    const previous: unknown = event.previous_item_id;
    const isKnown =
      previous === null ||
      (typeof previous === 'string' && this.remoteChatCtx.get(previous) !== null);
    const last = super.chatCtx.items.at(-1)?.id ?? '';
    super.handleConversationItemCreated(isKnown ? event : { ...event, previous_item_id: last });
  }

  /** Follows what the service says about items. */
  protected noteItem(event: ServerEvent): void {
    const id = itemIdOf(event);
    if (id !== undefined) {
      this.guard.memory.confirm(id);
    }
    keepArguments(event, (item) => this.remoteChatCtx.get(item)?.item);
  }

  /** The conversation, with what is just being said. */
  protected knownItems(): readonly llm.ChatItem[] {
    // Nobody has heard any of a reply that waits for its listener: it will be asked for again.
    const generation = this.guard.ahead.isBeingReceived ? undefined : this.currentGeneration;
    const messages = generation && 'messages' in generation ? generation.messages : undefined;
    return withWhatIsBeingSaid(super.chatCtx.items, messages);
  }

  /** Whoever listens to a reply that is replaced by another would wait for its end for ever; upstream forgets it. */
  protected endReplyUnderWay(why: string): void {
    if (this.currentGeneration) {
      this.knownItems(); // Upstream drops what was said so far.
      this.closeCurrentGeneration(why);
    }
  }

  /** After a reconnect; resolves with what is wrong. */
  protected async checkRestored(): Promise<llm.RealtimeError | undefined> {
    const { memory, supervisor } = this.guard;
    const { state } = supervisor;
    return checkRestored(
      memory,
      {
        isCurrent: () => supervisor.state === state,
        known: () => super.chatCtx.items,
        tell: (context) => super.updateChatCtx(context),
      },
      CONFIRMATION_MS,
    );
  }
}
