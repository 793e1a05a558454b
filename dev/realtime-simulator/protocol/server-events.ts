import type { ErrorBody } from './errors.js';
import type { Item } from './items.js';
import type { RealtimeSettings, SessionSettings } from './session-settings.js';
import type { ResponseUsage, TranscriptionUsage } from './usage.js';

/** A reply as `response.created` and `response.done` show it. */
export interface ResponseBody {
  readonly id: string;
  readonly object: 'realtime.response';
  readonly conversation_id: string | null;
  readonly status: 'in_progress' | ResponseStatus;
  readonly status_details: StatusDetails | null;
  readonly output: readonly Item[];
  readonly output_modalities: RealtimeSettings['output_modalities'];
  readonly max_output_tokens: RealtimeSettings['max_output_tokens'];
  readonly audio: {
    readonly output: { format: { type: 'audio/pcm'; rate: 24000 }; voice: string };
  };
  readonly usage: ResponseUsage | null;
  readonly metadata: Readonly<Record<string, string>> | null;
}
export type ResponseStatus = 'completed' | 'cancelled' | 'failed' | 'incomplete';
export type CancelReason = 'turn_detected' | 'client_cancelled';
export type IncompleteReason = 'max_output_tokens' | 'content_filter';
export type StatusDetails =
  | { readonly type: 'cancelled'; readonly reason: CancelReason }
  | { readonly type: 'incomplete'; readonly reason: IncompleteReason }
  | { readonly type: 'failed'; readonly error: Omit<ErrorBody, 'param'> };

/** Where in a reply something belongs. */
export interface OutputPlace {
  readonly response_id: string;
  readonly output_index: number;
}
export interface ContentPlace extends OutputPlace {
  readonly item_id: string;
  readonly content_index: number;
}
export type ContentPart =
  | { readonly type: 'audio'; readonly transcript: string }
  | { readonly type: 'text'; readonly text: string };

interface Previous {
  readonly previous_item_id: string | null;
}
interface Named {
  readonly item_id: string;
}
interface Heard extends Named {
  readonly content_index: number;
}

/** What each server event carries besides `type` and `event_id`. */
export interface ServerEvents {
  error: { readonly error: ErrorBody & { readonly event_id: string | null } };
  'session.created': { readonly session: SessionSettings };
  'session.updated': { readonly session: SessionSettings };
  'input_audio_buffer.speech_started': Named & { readonly audio_start_ms: number };
  'input_audio_buffer.speech_stopped': Named & { readonly audio_end_ms: number };
  'input_audio_buffer.timeout_triggered': Named & {
    readonly audio_start_ms: number;
    readonly audio_end_ms: number;
  };
  'input_audio_buffer.committed': Named & Previous;
  'input_audio_buffer.cleared': object;
  'conversation.item.added': Previous & { readonly item: Item };
  'conversation.item.done': Previous & { readonly item: Item };
  'conversation.item.retrieved': { readonly item: Item };
  'conversation.item.deleted': Named;
  'conversation.item.truncated': Named & {
    readonly content_index: number;
    readonly audio_end_ms: number;
  };
  'conversation.item.input_audio_transcription.delta': Heard & { readonly delta: string };
  'conversation.item.input_audio_transcription.completed': Heard & {
    readonly transcript: string;
    readonly usage: TranscriptionUsage;
  };
  'rate_limits.updated': {
    readonly rate_limits: readonly {
      readonly name: 'requests' | 'tokens';
      readonly limit: number;
      readonly remaining: number;
      readonly reset_seconds: number;
    }[];
  };
  'response.created': { readonly response: ResponseBody };
  'response.done': { readonly response: ResponseBody };
  'response.output_item.added': OutputPlace & { readonly item: Item };
  'response.output_item.done': OutputPlace & { readonly item: Item };
  'response.content_part.added': ContentPlace & { readonly part: ContentPart };
  'response.content_part.done': ContentPlace & { readonly part: ContentPart };
  'response.output_audio.delta': ContentPlace & { readonly delta: string };
  'response.output_audio.done': ContentPlace;
  'response.output_audio_transcript.delta': ContentPlace & { readonly delta: string };
  'response.output_audio_transcript.done': ContentPlace & { readonly transcript: string };
  'response.output_text.delta': ContentPlace & { readonly delta: string };
  'response.output_text.done': ContentPlace & { readonly text: string };
  'response.function_call_arguments.delta': FunctionArguments & { readonly delta: string };
  'response.function_call_arguments.done': FunctionArguments & {
    readonly name: string;
    readonly arguments: string;
  };
}
interface FunctionArguments extends OutputPlace, Named {
  readonly call_id: string;
}

/** An event the server sends, before it gets its `event_id`. */
export type ServerEvent = {
  [Type in keyof ServerEvents]: { readonly type: Type } & ServerEvents[Type];
}[keyof ServerEvents];
