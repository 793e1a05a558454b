import type { AssistantItem, FunctionCallItem } from '../protocol/items.js';
import type { ContentPart, ContentPlace, OutputPlace } from '../protocol/server-events.js';
import type { Connection } from '../connection.js';
import type { Conversation } from '../session/conversation.js';

/** The one item of a reply, from its first event to its last. */
export class OutputItem<T extends AssistantItem | FunctionCallItem> {
  readonly item: T;
  readonly place: OutputPlace;
  readonly #connection: Connection;
  #previousId: string | null = null;
  /** Null when the reply stays outside the conversation. */
  readonly #conversation: Conversation | null;

  constructor(
    connection: Connection,
    conversation: Conversation | null,
    responseId: string,
    item: T,
  ) {
    this.#connection = connection;
    this.#conversation = conversation;
    this.place = { response_id: responseId, output_index: 0 };
    this.item = item;
  }

  get contentPlace(): ContentPlace {
    return { ...this.place, item_id: this.item.id, content_index: 0 };
  }

  open(): void {
    const { item } = this;
    this.#connection.send({ type: 'response.output_item.added', ...this.place, item });
    if (this.#conversation !== null) {
      this.#previousId = this.#conversation.append(item);
      const previous_item_id = this.#previousId;
      this.#connection.send({ type: 'conversation.item.added', previous_item_id, item });
    }
  }

  openPart(part: ContentPart): void {
    this.#connection.send({ type: 'response.content_part.added', ...this.contentPlace, part });
  }

  closePart(part: ContentPart): void {
    this.#connection.send({ type: 'response.content_part.done', ...this.contentPlace, part });
  }

  /** Says that the item is whole, or as whole as it will be. */
  close(status: 'completed' | 'incomplete'): void {
    const { item } = this;
    item.status = status;
    if (this.#conversation !== null) {
      const previous_item_id = this.#previousId;
      this.#connection.send({ type: 'conversation.item.done', previous_item_id, item });
    }
    this.#connection.send({ type: 'response.output_item.done', ...this.place, item });
  }
}
