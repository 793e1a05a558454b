import { z } from 'zod';
import { withoutKeys } from './connection-error.js';
import type { ServerEvent } from './server-event.js';
import { WholeSamples } from './whole-samples.js';

const audioDelta = z.looseObject({ item_id: z.string(), delta: z.string() });

/** What the plugin is given in place of what the service sent, for one connection. */
export class Repairs {
  readonly #samples = new WholeSamples();

  /** The frame of an event, as a rule as it came. */
  of(event: ServerEvent, text: string): string {
    switch (event.type) {
      case 'error':
      case 'response.done':
        // The plugin logs and tells what the service says of an error, word for word.
        return withoutKeys(text);
      case 'response.output_audio.delta':
      case 'response.audio.delta': {
        const audio = audioDelta.safeParse(event).data;
        const delta = audio && this.#samples.of(audio.item_id, audio.delta);
        return delta === undefined || delta === audio?.delta
          ? text
          : JSON.stringify({ ...audio, delta });
      }
      default:
        return text;
    }
  }
}
