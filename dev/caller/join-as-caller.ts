import { AgentEar } from './agent-ear.js';
import { AgentPresence } from './agent-presence.js';
import { Caller } from './caller.js';
import { withDeadline } from '../stack/deadline.js';
import { Microphone } from './microphone.js';
import { rtc } from './rtc.js';
import { Transcripts, TRANSCRIPTION_TOPIC } from './transcripts.js';
import { VoiceMeter } from './voice-meter.js';
import { Waiters } from './waiters.js';

export interface JoinOptions {
  /** LiveKit's address, such as ws://127.0.0.1:7880. */
  readonly url: string;
  /** A caller's token: it names the room, and dispatches the agent when this join creates it. */
  readonly token: string;
  /** How long joining and publishing may take. Default 15 000. */
  readonly timeoutMs?: number;
  /** Measures what is heard of the agent. Default: a new one. */
  readonly voice?: VoiceMeter;
}

/**
 * Joins a room as a caller with an open microphone. Any number of callers may be in one process; whoever owns the
 * process calls rtc-node's `dispose` once, at its end (`disposeCallers`).
 *
 * @throws Error when the room could not be joined in time
 */
export async function joinAsCaller({
  url,
  token,
  timeoutMs = 15_000,
  voice = new VoiceMeter(),
}: JoinOptions): Promise<Caller> {
  const joinStartedAtMs = performance.now();
  const room = new rtc.Room();
  const waiters = new Waiters();
  const agent = new AgentPresence(room, waiters);
  new AgentEar(room, voice);
  let transcripts: Transcripts | undefined;
  room.registerTextStreamHandler(TRANSCRIPTION_TOPIC, (reader, { identity }) => {
    transcripts ??= new Transcripts(room.localParticipant?.identity ?? '', waiters);
    // A stream cut by the end of the call is no utterance.
    transcripts.receive(reader, identity).catch(() => undefined);
  });
  room.on(rtc.RoomEvent.Disconnected, (reason) => {
    const why = `the caller was disconnected (${rtc.DisconnectReason[reason]})`;
    waiters.end(why);
    voice.close(why);
  });
  const connecting = connect();
  try {
    const microphone = await withDeadline(connecting, timeoutMs, 'it');
    transcripts ??= new Transcripts(room.localParticipant?.identity ?? '', waiters);
    const joinedAtMs = performance.now();
    return new Caller({
      room,
      agent,
      voice,
      microphone,
      transcripts,
      waiters,
      joinStartedAtMs,
      joinedAtMs,
    });
  } catch (error) {
    room.removeAllListeners();
    await room.disconnect();
    // Should it have come about after its deadline, it ends with the room.
    connecting.then((microphone) => microphone.close()).catch(() => undefined);
    throw joinError(url, error);
  }

  async function connect(): Promise<Microphone> {
    await room.connect(url, token, { autoSubscribe: true, dynacast: false });
    agent.seeThoseAlreadyThere();
    return Microphone.publish(room);
  }
}

/** Ends rtc-node's native threads. Once per process, when every caller has left: nothing works after it. */
export async function disposeCallers(): Promise<void> {
  await rtc.dispose();
}

/** Without the cause itself: LiveKit's words for a token that is refused contain it. */
function joinError(url: string, cause: unknown): Error {
  const words = cause instanceof Error ? cause.message : String(cause);
  return new Error(
    `The room at ${url} could not be joined: ${words.replaceAll(/eyJ[\w.-]+/g, '<token>')}`,
  );
}
