import { z } from 'zod';
import { withoutKeys } from './connection-error.js';
import { repairedItem } from './item-repairs.js';
import { errorOf, type ServerEvent } from './server-event.js';
import { WholeSamples } from './whole-samples.js';

const text = z.string().nullish().catch(null);
const place = z.number().optional().catch(undefined);
/** What the plugin reads of a piece of audio or text. Nothing else is written again: it may be of any depth. */
const piece = z.object({
  type: z.string(),
  event_id: text,
  response_id: text,
  item_id: z.string(),
  output_index: place,
  content_index: place,
});
const withDelta = z.object({ delta: z.string() });
const withTranscript = z.object({ transcript: z.string() });

/** What the plugin is given in place of what the service sent, for one connection. */
export class Repairs {
  readonly #samples = new WholeSamples();

  /** The frame of an event, as a rule as it came. */
  of(event: ServerEvent, frame: string): string {
    switch (event.type) {
      case 'error':
        return withoutKeys(JSON.stringify(wholeError(event)));
      case 'response.done':
      case 'conversation.item.input_audio_transcription.failed':
        // The plugin logs and tells what the service says of an error, word for word.
        return withoutKeys(frame);
      case 'response.output_audio.delta':
      case 'response.audio.delta':
        return this.#audio(event) ?? frame;
      case 'response.output_audio_transcript.delta':
      case 'response.audio_transcript.delta':
      case 'response.output_text.delta':
      case 'response.text.delta':
      case 'conversation.item.input_audio_transcription.delta':
        return withDelta.safeParse(event).success ? frame : rewritten(event, { delta: '' });
      case 'conversation.item.input_audio_transcription.completed':
        return withTranscript.safeParse(event).success
          ? frame
          : rewritten(event, { transcript: '' });
      case 'conversation.item.added':
      case 'conversation.item.created':
      case 'conversation.item.done':
      case 'response.output_item.done': {
        const repaired = repairedItem(event);
        return repaired ? JSON.stringify(repaired) : frame;
      }
      default:
        return frame;
    }
  }

  #audio(event: ServerEvent): string | undefined {
    const { data } = piece.safeParse(event);
    const given = withDelta.safeParse(event).data?.delta;
    if (!data || given === undefined) {
      return undefined;
    }
    const delta = this.#samples.of(data.item_id, given);
    return delta === given ? undefined : JSON.stringify({ ...data, delta });
  }
}

/** An event with something in it replaced; without what nobody reads, and empty when it is about nothing. */
function rewritten(event: ServerEvent, changes: object): string {
  return JSON.stringify({ ...(piece.safeParse(event).data ?? { type: 'unreadable' }), ...changes });
}

/** The plugin reads an error's message whatever it is, and the reply that it refuses waits for ten seconds if it is none. */
function wholeError(event: ServerEvent): object {
  const { type, code, message, param, event_id } = errorOf(event) ?? {};
  const words = message ?? code ?? type ?? 'an error without a description';
  return { type: event.type, error: { type, code, message: words, param, event_id } };
}
