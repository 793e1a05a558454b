import { RoomEvent } from '@livekit/rtc-node';
import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { CallOutcome } from '../../src/lifecycle/index.js';
import { PANEL_GRANT } from '../../src/telemetry/panel/grant.js';
import { decodePacket } from '../../src/telemetry/panel/message.js';
import { panelObserver, type PanelRoom } from '../../src/telemetry/panel/panel-observer.js';

const OVER: CallOutcome = {
  callId: 'AJ_test',
  reason: 'completed',
  startedAt: '',
  endedAt: '',
  durationMs: 0,
  modelConnections: 1,
  usage: [],
};
const developer = { identity: 'developer', attributes: PANEL_GRANT };
const caller = { identity: 'caller', attributes: {} };

/** A room with some people in it, a journal to be written in, and what each of them was told. */
function watchedCall(people: readonly (typeof developer | typeof caller)[]) {
  const told: { to: readonly string[]; seqs: number[] }[] = [];
  const room = Object.assign(new EventEmitter(), {
    isConnected: true,
    remoteParticipants: new Map(people.map((one) => [one.identity, one])),
    localParticipant: {
      publishData: async (
        payload: Uint8Array,
        options: { destination_identities?: readonly string[] },
      ) => {
        const seqs = decodePacket(payload).map(({ seq }) => seq);
        told.push({ to: options.destination_identities ?? ['everybody'], seqs });
      },
    },
  }) satisfies PanelRoom;
  const followers = new Set<(line: string) => void>();
  const journal = {
    follow: (follower: (line: string) => void) => {
      followers.add(follower);
      return () => followers.delete(follower);
    },
  };
  const observer = panelObserver({ data: { journal } }, room);
  observer.attach();
  const happens = (seq: number): void => {
    const line = { seq, at: '2026-01-01T10:00:00.000Z', type: 'state', state: 'talking' };
    followers.forEach((follower) => follower(JSON.stringify(line)));
  };
  return { room, told, happens, observer };
}

describe('the developer’s panel', () => {
  it('is told to whoever has the grant, and to nobody else', () => {
    const { told, happens } = watchedCall([caller, developer]);
    happens(1);
    happens(2);
    expect(told.length).toBeGreaterThan(0);
    expect(new Set(told.flatMap(({ to }) => to))).toEqual(new Set(['developer']));
  });

  it('is not told at all in a room where nobody has it', () => {
    const { room, told, happens } = watchedCall([caller]);
    happens(1);
    room.emit(RoomEvent.ParticipantConnected, caller);
    expect(told).toEqual([]);
  });

  it('shows everything to a developer who comes late', () => {
    const { room, told, happens } = watchedCall([]);
    for (let seq = 1; seq <= 30; seq += 1) {
      happens(seq);
    }
    room.remoteParticipants.set('developer', developer);
    room.emit(RoomEvent.ParticipantConnected, developer);
    const seqs = new Set(told.flatMap((one) => one.seqs));
    expect([...seqs]).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  });

  it('is told nothing any more when the call is over', async () => {
    const { room, told, happens, observer } = watchedCall([developer]);
    happens(1);
    const before = told.length;
    await observer.flush(OVER, new AbortController().signal);
    happens(2);
    room.emit(RoomEvent.ParticipantConnected, developer);
    expect(told).toHaveLength(before);
    expect(room.listenerCount(RoomEvent.ParticipantConnected)).toBe(0);
  });
});
