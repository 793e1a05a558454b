import type { Room } from '@livekit/rtc-node';
import { ConnectionState, RoomEvent } from '@livekit/rtc-node';
import { pause } from './pause.js';

/** A server that is well answers within 50 ms. After 5 s the native client takes none for one (rtc-node 0.13.35). */
const ANSWER_MS = 3_000;
/** One answer may be lost when the connection is new: that was seen. */
const ASKED_TIMES = 3;

interface OutageListener {
  /** Our own connection was lost, and is back. */
  back(downMs: number): void;
  /** It is back by its own account, but the room answers nothing. */
  deaf(): void;
}

type WatchedRoom = Pick<Room, 'on' | 'off' | 'connectionState' | 'localParticipant'>;

/**
 * Tells when our own connection to LiveKit was lost and is back: the room mends it by itself. Then the room is asked whether it
 * answers: after a restart of the server the native client may say that it is connected, and send, and never again tell us of
 * anything (rtc-node 0.13.35, seen in one restart of about fifty); the caller would wait for ever. Answers how to stop.
 */
export function watchRoomOutages(room: WatchedRoom, listener: OutageListener): () => void {
  let lostAtMs: number | undefined;
  let asking = new AbortController();

  const lost = (): void => {
    lostAtMs ??= Date.now();
    asking.abort();
  };
  const mended = (): void => {
    if (lostAtMs === undefined) {
      return;
    }
    listener.back(Date.now() - lostAtMs);
    lostAtMs = undefined;
    asking.abort();
    asking = new AbortController();
    void ask(asking.signal);
  };
  const ask = async (signal: AbortSignal): Promise<void> => {
    for (let times = 0; times < ASKED_TIMES; times += 1) {
      const isAnswered = await answers(room, signal);
      if (isAnswered || signal.aborted) {
        return;
      }
    }
    // A room that is left or lost by now has an end of its own.
    if (room.connectionState === ConnectionState.CONN_CONNECTED) {
      listener.deaf();
    }
  };

  room.on(RoomEvent.Reconnecting, lost);
  room.on(RoomEvent.Reconnected, mended);
  return () => {
    asking.abort();
    room.off(RoomEvent.Reconnecting, lost);
    room.off(RoomEvent.Reconnected, mended);
  };
}

/** Whether the room answers in time, a refusal included. To set no attributes changes nothing, and is answered. */
async function answers(room: WatchedRoom, signal: AbortSignal): Promise<boolean> {
  const asked = room.localParticipant?.setAttributes({}) ?? Promise.resolve();
  const answered = asked.then(
    () => true,
    () => true,
  );
  const over = new AbortController();
  const late = pause(ANSWER_MS, AbortSignal.any([signal, over.signal])).then(() => false);
  try {
    return await Promise.race([answered, late]);
  } finally {
    over.abort();
  }
}
