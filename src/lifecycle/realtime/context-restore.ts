import { llm } from '@livekit/agents';

/**
 * What was said, over the loss of a connection. Upstream forgets everything when a connection dies before the service
 * has echoed the items restored to it (realtime-faults facts, U3), and never restores tool calls.
 */
export class ConversationMemory {
  #items: readonly llm.ChatItem[] = [];
  /** Restored to the open connection, and not confirmed by it. */
  #unconfirmed = new Set<string>();
  readonly #waiting: (() => void)[] = [];

  /** Keeps what the lost connection knew, and what it had not yet confirmed. */
  remember(known: readonly llm.ChatItem[]): void {
    const current = new Map(known.map((item) => [item.id, withoutHoles(item)]));
    const kept = this.#items
      .filter(({ id }) => current.has(id) || this.#unconfirmed.has(id))
      .map((item) => fuller(current.get(item.id), item));
    const ids = new Set(kept.map(({ id }) => id));
    this.#items = [...kept, ...known.filter(({ id }) => !ids.has(id))];
  }

  /** What the next connection is to be told: all but instructions and empty messages, tool calls included. */
  toRestore(): llm.ChatContext {
    const context = new llm.ChatContext(this.#items.filter(isWhole)).copy({
      excludeInstructions: true,
      excludeEmptyMessage: true,
      excludeHandoff: true,
      excludeConfigUpdate: true,
    });
    this.#unconfirmed = new Set(context.items.map(({ id }) => id));
    return context;
  }

  /** What the connection is known to have, and in their places the items that it has been told and not confirmed. */
  completing(known: readonly llm.ChatItem[]): llm.ChatContext {
    const current = new Map(known.map((item) => [item.id, withoutHoles(item)]));
    const restored = this.#items.flatMap((item) =>
      this.#unconfirmed.has(item.id) || current.has(item.id)
        ? fuller(current.get(item.id), item)
        : [],
    );
    const ids = new Set(restored.map(({ id }) => id));
    return new llm.ChatContext([...restored, ...known.filter(({ id }) => !ids.has(id))]);
  }

  /** Expects nothing any more of what was not confirmed, and says how much that was. */
  abandon(): number {
    const { size } = this.#unconfirmed;
    [...this.#unconfirmed].forEach((id) => this.confirm(id));
    return size;
  }

  /** The service has an item, or knows that it was deleted. */
  confirm(id: string): void {
    this.#unconfirmed.delete(id);
    if (this.isConfirmed) {
      this.#waiting.splice(0).forEach((go) => go());
    }
  }

  get isConfirmed(): boolean {
    return this.#unconfirmed.size === 0;
  }

  /** Waits until the service has everything, or for `ms`: an item may have been refused. */
  async untilConfirmed(ms: number): Promise<void> {
    if (this.isConfirmed) {
      return;
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

/** Upstream takes a transcript that is missing, or empty, for content, and then cannot restore the item on any connection. */
function withoutHoles(item: llm.ChatItem): llm.ChatItem {
  if (item.type === 'message') {
    const parts: readonly unknown[] = item.content;
    item.content = item.content.filter((_, n) => {
      const part = parts[n];
      return typeof part === 'object' ? part !== null : typeof part === 'string' && part !== '';
    });
  }
  return item;
}

/** What the service confirms, unless that is empty and we know better what was said. */
function fuller(confirmed: llm.ChatItem | undefined, known: llm.ChatItem): llm.ChatItem {
  const isEmpty = confirmed?.type === 'message' && confirmed.content.length === 0;
  return confirmed === undefined || isEmpty ? known : confirmed;
}

/** The service adds a tool call before it knows its arguments; one that was lost on the way has never run. */
function isWhole(item: llm.ChatItem): boolean {
  return item.type !== 'function_call' || Boolean(item.args);
}

/** A conversation with what is just being said, which upstream adds only at a reply's end. */
export function withWhatIsBeingSaid(
  items: readonly llm.ChatItem[],
  messages: ReadonlyMap<string, { readonly audioTranscript: string }> | undefined,
): readonly llm.ChatItem[] {
  for (const item of items) {
    const said = messages?.get(item.id)?.audioTranscript;
    if (said && item.type === 'message' && item.content.length === 0) {
      item.content.push(said);
    }
  }
  return items;
}

/** A wanted conversation, and what was said since it was written down: that was not to be deleted. */
export function withNews(
  wanted: llm.ChatContext,
  current: llm.ChatContext,
  before: ReadonlySet<string>,
): llm.ChatContext {
  const ids = new Set(wanted.items.map(({ id }) => id));
  const news = current.items.filter(({ id }) => !ids.has(id) && !before.has(id));
  return news.length === 0 ? wanted : new llm.ChatContext([...wanted.items, ...news]);
}
