import { getJobContext, log } from '@livekit/agents';
import { RoomEvent, type LocalParticipant, type RemoteParticipant } from '@livekit/rtc-node';
import type { CallObserver, LiveCall } from '../../lifecycle/index.js';
import type { Journal } from '../../records/journal/index.js';
import { mayWatch } from './grant.js';
import { encodePacket, panelEntry, PANEL_TOPIC, type PanelEntry } from './message.js';

/** Somebody who comes late is told so many entries. */
const REMEMBERED = 200;
/** Few enough for one data packet of LiveKit's (15 KB). */
const AT_ONCE = 20;
/** Each is told so many times: the first packets may find the door still closed. */
const OVERLAP = 5;

/** What is needed of a room; of its participants, who they are and what they may see. */
export interface PanelRoom {
  readonly isConnected: boolean;
  readonly remoteParticipants: ReadonlyMap<string, Watcher>;
  readonly localParticipant?: Pick<LocalParticipant, 'publishData'> | undefined;
  on(event: RoomEvent.ParticipantConnected, listener: (participant: Watcher) => void): unknown;
  off(event: RoomEvent.ParticipantConnected, listener: (participant: Watcher) => void): unknown;
}

type Watcher = Pick<RemoteParticipant, 'identity' | 'attributes'>;

/**
 * Tells whoever has the grant for it, and nobody else, what happens in a call, over the room. Nothing depends on it: what
 * cannot be told is not.
 *
 * @param room by default, the one of this job
 */
export function panelObserver(
  call: Pick<LiveCall<{ readonly journal: Pick<Journal, 'follow'> }>, 'data'>,
  room: PanelRoom | undefined = getJobContext(false)?.room,
): CallObserver {
  const remembered: PanelEntry[] = [];
  let stop: () => void = () => undefined;

  const tell = (entries: readonly PanelEntry[], to: readonly Watcher[]): void => {
    if (room !== undefined && to.length > 0 && entries.length > 0) {
      send(room, entries, to).catch((error: unknown) =>
        log().debug({ error }, 'the panel was not told'),
      );
    }
  };
  const joined = (participant: Watcher): void => {
    for (let start = 0; start < remembered.length && mayWatch(participant.attributes);) {
      tell(remembered.slice(start, start + AT_ONCE), [participant]);
      start += AT_ONCE;
    }
  };
  const watchers = (): Watcher[] =>
    room === undefined || !room.isConnected
      ? []
      : [...room.remoteParticipants.values()].filter(({ attributes }) => mayWatch(attributes));
  let caughtUp = false;
  const note = (line: string): void => {
    const entry = panelEntry(JSON.parse(line));
    if (entry === undefined) {
      return;
    }
    remembered.push(entry);
    remembered.splice(0, remembered.length - REMEMBERED);
    const to = watchers();
    if (to.length > 0 && !caughtUp) {
      // They were in the room before us.
      caughtUp = true;
      to.forEach(joined);
    } else {
      tell(remembered.slice(-OVERLAP), to);
    }
  };

  return {
    name: 'panel',
    attach() {
      const unfollow = call.data.journal.follow(note);
      const welcome = (participant: Watcher): void => {
        caughtUp = true;
        joined(participant);
      };
      room?.on(RoomEvent.ParticipantConnected, welcome);
      stop = () => {
        unfollow();
        room?.off(RoomEvent.ParticipantConnected, welcome);
      };
    },
    async flush() {
      stop();
    },
  };
}

async function send(
  room: PanelRoom,
  entries: readonly PanelEntry[],
  to: readonly Watcher[],
): Promise<void> {
  await room.localParticipant?.publishData(encodePacket(entries), {
    reliable: true,
    topic: PANEL_TOPIC,
    destination_identities: to.map(({ identity }) => identity),
  });
}
