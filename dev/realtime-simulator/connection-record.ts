import type { SessionSettings } from './protocol/session-settings.js';

/** One attempt to connect, and what became of it. Times are milliseconds since the epoch. */
export interface ConnectionRecord {
  readonly id: string;
  readonly askedAt: number;
  /** Null while the handshake lasts, and for ever when it failed. */
  openedAt: number | null;
  closedAt: number | null;
  /** The HTTP status when the handshake was refused. */
  refusedWith: number | null;
  /** As sent by whoever closed first; 1006 when the connection just went. */
  closeCode: number | null;
  closeReason: string;
  /** `network`: it went without a closing handshake, and not by us. */
  closedBy: 'client' | 'simulator' | 'network' | null;
  readonly path: string;
  readonly userAgent: string;
  /** How many events of each type were received and sent. */
  readonly events: { readonly in: Record<string, number>; readonly out: Record<string, number> };
  /** Milliseconds of audio received and sent. */
  readonly audio: { heardMs: number; spokenMs: number };
  session: SessionSummary | null;
}

/** What a session was told to be, without the long texts. */
export interface SessionSummary {
  readonly id: string;
  readonly type: 'realtime' | 'transcription';
  readonly model: string | null;
  readonly voice: string | null;
  readonly language: string | null;
  readonly turnDetection: string | null;
  readonly tools: readonly string[];
  readonly instructionsLength: number;
}

export function newRecord(id: string, path: string, userAgent: string): ConnectionRecord {
  return {
    id,
    askedAt: Date.now(),
    openedAt: null,
    closedAt: null,
    refusedWith: null,
    closeCode: null,
    closeReason: '',
    closedBy: null,
    path,
    userAgent,
    events: { in: {}, out: {} },
    audio: { heardMs: 0, spokenMs: 0 },
    session: null,
  };
}

export function summaryOf(session: SessionSettings): SessionSummary {
  const { input } = session.audio;
  const shared = {
    id: session.id,
    type: session.type,
    language: input.transcription?.language ?? null,
    turnDetection: input.turn_detection?.type ?? null,
  };
  if (session.type === 'transcription') {
    const model = input.transcription?.model ?? null;
    return { ...shared, model, voice: null, tools: [], instructionsLength: 0 };
  }
  return {
    ...shared,
    model: session.model,
    voice: voiceName(session.audio.output.voice),
    tools: session.tools.map((tool) => tool.name),
    instructionsLength: session.instructions.length,
  };
}

/** A voice is a name, or an object with the id of a custom one. */
export function voiceName(voice: string | { readonly id: string }): string {
  return typeof voice === 'string' ? voice : voice.id;
}
