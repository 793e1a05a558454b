import { RefusedEvent } from '../protocol/errors.js';
import { newId } from '../protocol/ids.js';
import {
  defaultTurnDetection,
  type RealtimeSettings,
  type SessionSettings,
  type SessionUpdate,
  type TranscriptionSettings,
} from '../protocol/session-settings.js';

const format = { type: 'audio/pcm', rate: 24000 } as const;

/** A session as it is before the first `session.update`. `expiresAtMs` is since the epoch. */
export function newSession(url: URL, expiresAtMs: number): SessionSettings {
  const expires_at = Math.floor(expiresAtMs / 1000);
  const input = {
    format,
    noise_reduction: null,
    transcription: null,
    turn_detection: defaultTurnDetection,
  };
  if (url.searchParams.get('intent') === 'transcription') {
    return {
      type: 'transcription',
      object: 'realtime.transcription_session',
      id: newId('sess'),
      expires_at,
      include: null,
      audio: { input },
    };
  }
  return {
    type: 'realtime',
    object: 'realtime.session',
    id: newId('sess'),
    model: url.searchParams.get('model') ?? url.searchParams.get('deployment') ?? 'gpt-realtime',
    output_modalities: ['audio'],
    instructions: 'You are a simulator: what you say is scripted.',
    tools: [],
    tool_choice: 'auto',
    max_output_tokens: 'inf',
    tracing: null,
    truncation: 'auto',
    prompt: null,
    expires_at,
    include: null,
    audio: { input, output: { format, voice: 'marin', speed: 1 } },
  };
}

/**
 * Applies a `session.update`: what is present replaces what was, `null` clears it, the rest stays.
 * @throws RefusedEvent when the update is for the other kind of session, or changes what is fixed by now.
 */
export function updated(
  session: SessionSettings,
  update: SessionUpdate,
  hasSpoken: boolean,
): SessionSettings {
  if (session.type === 'realtime' && update.type === 'realtime') {
    return updatedRealtime(session, update, hasSpoken);
  }
  if (session.type === 'transcription' && update.type === 'transcription') {
    const { audio, ...rest } = present(update);
    const input = { ...session.audio.input, ...present(audio?.input ?? {}) };
    return { ...session, ...rest, audio: { input } } satisfies TranscriptionSettings;
  }
  throw new RefusedEvent(
    'invalid_value',
    `Passing a ${update.type} session update event to a ${session.type} session is not allowed.`,
    'session.type',
  );
}

function updatedRealtime(
  session: RealtimeSettings,
  update: Extract<SessionUpdate, { type: 'realtime' }>,
  hasSpoken: boolean,
): RealtimeSettings {
  const { audio, ...rest } = present(update);
  const output = { ...session.audio.output, ...present(audio?.output ?? {}) };
  if (hasSpoken && JSON.stringify(output.voice) !== JSON.stringify(session.audio.output.voice)) {
    throw new RefusedEvent(
      'cannot_update_voice',
      'Cannot update a conversation’s voice if assistant audio is present.',
      'session.audio.output.voice',
    );
  }
  const input = { ...session.audio.input, ...present(audio?.input ?? {}) };
  return { ...session, ...rest, model: session.model, audio: { input, output } };
}

type Present<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Without the keys whose value is undefined: only what was said may change anything. */
function present<T extends object>(value: T): Present<T>;
function present(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
}
