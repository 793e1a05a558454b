import { RoomEvent, type RemoteParticipant } from 'livekit-client';
import { useEffect, useState } from 'react';
import {
  decodePacket,
  PANEL_TOPIC,
  type PanelEntry,
} from '../../../../src/telemetry/panel/message.js';
import type { Call } from '../call/call.js';

/** What the agent tells of this call, oldest first; the agent tells again what somebody has missed. */
export function usePanelEntries(call: Call | undefined): readonly PanelEntry[] {
  const [entries, setEntries] = useState<ReadonlyMap<number, PanelEntry>>(new Map());
  useEffect(() => {
    setEntries(new Map());
    const hear = (
      payload: Uint8Array,
      from: RemoteParticipant | undefined,
      _kind: unknown,
      topic: string | undefined,
    ): void => {
      // Anybody in the room can send data; only the agent is believed.
      if (topic === PANEL_TOPIC && from?.isAgent === true) {
        const told = decodePacket(payload).map((entry): [number, PanelEntry] => [entry.seq, entry]);
        setEntries((known) => new Map([...known, ...told]));
      }
    };
    call?.room.on(RoomEvent.DataReceived, hear);
    return () => void call?.room.off(RoomEvent.DataReceived, hear);
  }, [call]);
  return [...entries.values()].sort((a, b) => a.seq - b.seq);
}
