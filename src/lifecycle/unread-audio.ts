import { log } from '@livekit/agents';

/** What has been dealt with: one for each agent that a session has had. */
const known = new WeakSet<object>();
let isWarned = false;

/**
 * Lets go of the caller's audio where nobody reads it. The framework splits the microphone for a speech detector and for a
 * transcription of its own (agents 1.9.0, voice/audio_recognition.ts, the constructor); where there is none, as with a
 * realtime model that finds the turns itself, those branches are never read, and a branch of a stream keeps what is not read:
 * 5 MB a minute, until the call ends (docs/soak.md).
 *
 * To be called again whenever the session may have another agent. Does nothing, and says so once, when an upgrade has moved
 * what it looks for: calls work then, and grow.
 */
export function releaseUnreadAudio(session: object): void {
  const recognition = at(at(session, 'activity'), 'audioRecognition');
  if (recognition === undefined || known.has(recognition)) {
    return;
  }
  const input = at(recognition, 'deferredInputStream');
  const transcription = at(recognition, 'sttInputStream');
  if (!input || !(transcription instanceof ReadableStream)) {
    known.add(recognition);
    warnOnce();
    return;
  }
  const source = at(input, 'sourceReader');
  if (!(source instanceof ReadableStreamDefaultReader)) {
    // The microphone is not there yet.
    return;
  }
  known.add(recognition);
  const has = (name: string): boolean => (Reflect.get(recognition, name) ?? null) !== null;
  if (!LISTENERS.some(has) && !hasSubscribers(recognition)) {
    // At the source: then none of it is even split, which saves time, too.
    cancel(source);
  } else if (!has('stt')) {
    cancel(transcription);
  }
}

/** Who may read the microphone, as the recognition calls them. */
const LISTENERS = ['vad', 'stt', 'turnDetector', 'interruptionDetection'] as const;

/** As the framework's detection of answering machines is one. */
function hasSubscribers(recognition: object): boolean {
  const writers: unknown = Reflect.get(recognition, 'subscriberWriters');
  return !Array.isArray(writers) || writers.length > 0;
}

function at(object: unknown, name: string): object | undefined {
  const value: unknown =
    typeof object === 'object' && object !== null ? Reflect.get(object, name) : undefined;
  return typeof value === 'object' && value !== null ? value : undefined;
}

/** A branch's cancellation settles only when the other branch is cancelled, too: it is not waited for. */
function cancel(stream: { cancel(): Promise<unknown> }): void {
  stream.cancel().catch((error: unknown) => {
    log().warn({ error: String(error) }, 'audio that nobody reads could not be let go of');
  });
}

function warnOnce(): void {
  if (!isWarned) {
    isWarned = true;
    log().warn(
      'Audio that nobody reads is kept: was @livekit/agents upgraded? See src/lifecycle/unread-audio.ts.',
    );
  }
}
