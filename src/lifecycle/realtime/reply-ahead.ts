import type { llm } from '@livekit/agents';
import { pause } from '../pause.js';
import { isEvent, outputItemOf, replyIdOf, responseOf, type ServerEvent } from './server-event.js';

type Generation = llm.GenerationCreatedEvent;

interface Kept {
  readonly instructions: string;
  readonly generation: Promise<Generation>;
  readonly abort: AbortController;
  /** Of the service's conversation. */
  readonly items: Set<string>;
  /** Set once the reply has begun. */
  responseId?: string;
}

/**
 * A reply that is asked for before anybody can hear it, and kept until it is wanted: its audio waits in its own streams.
 * One that was lost or cut short while it waited is not played in part; it is asked for again when it is wanted.
 */
export class ReplyAhead {
  #kept: Kept | undefined;
  #complete = false;
  readonly #asked = new AbortController();

  /** Asks, once. A failure is found when the reply is wanted. */
  ask(instructions: string, ask: (signal: AbortSignal) => Promise<Generation>): void {
    const abort = new AbortController();
    const kept: Kept = { instructions, generation: ask(abort.signal), abort, items: new Set() };
    this.#kept = kept;
    kept.generation.catch(() => {
      this.#asked.abort();
      if (this.#kept === kept) {
        this.#kept = undefined;
      }
    });
  }

  /** An event of ours is being sent. */
  sending(event: unknown): void {
    if (isEvent(event) && event.type === 'response.create') {
      this.#asked.abort();
    }
  }

  /** Resolves when the reply was asked for, or cannot be, or after `withinMs`. */
  untilAsked(withinMs: number): Promise<void> {
    return pause(withinMs, this.#asked.signal);
  }

  /** Hands the reply out, once; `undefined` when there is none for these instructions. */
  take(instructions: string | undefined, signal?: AbortSignal): Promise<Generation> | undefined {
    const kept = this.#kept;
    if (!kept || kept.instructions !== instructions) {
      return undefined;
    }
    this.#kept = undefined;
    if (kept.responseId === undefined) {
      signal?.addEventListener('abort', () => kept.abort.abort(), { once: true });
    }
    return kept.generation;
  }

  /** Whether an item is of a reply that waits: the conversation that AgentSession knows has it only when it was heard. */
  has(item: string): boolean {
    return this.#kept?.items.has(item) === true;
  }

  /** Whether a reply that nobody has heard any of is being received. */
  get isBeingReceived(): boolean {
    return this.#kept?.responseId !== undefined && !this.#complete;
  }

  /** The connection is lost: what has begun is worth nothing unless all of it is here. */
  lost(): void {
    if (this.isBeingReceived) {
      this.#kept = undefined;
    }
  }

  /**
   * Follows the service's events.
   *
   * @returns ids of items that nobody will ever hear, and that the service should forget.
   */
  received(event: ServerEvent): readonly string[] {
    const item = outputItemOf(event);
    if (item !== undefined && replyIdOf(event) === this.#kept?.responseId) {
      this.#kept?.items.add(item);
    }
    const response = event.type.startsWith('response.') ? responseOf(event) : undefined;
    if (!response || !this.#kept) {
      return [];
    }
    // At once, not when the promise settles: a whole short reply may arrive in one packet.
    if (event.type === 'response.created' && isAskedFor(response)) {
      this.#kept.responseId ??= response.id ?? '';
    }
    if (event.type !== 'response.done' || response.id !== this.#kept.responseId) {
      return [];
    }
    if (response.status === 'completed') {
      this.#complete = true;
      return [];
    }
    this.#kept = undefined;
    return (response.output ?? []).flatMap(({ id }) => id ?? []);
  }
}

/** Not one of the service's own, for a caller who has finished speaking. */
function isAskedFor({ metadata }: NonNullable<ReturnType<typeof responseOf>>): boolean {
  return metadata?.['client_event_id'] !== undefined;
}
