import { ConnectionState, DisconnectReason, RoomEvent, type Room } from '@livekit/rtc-node';
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallRoom } from '../../src/lifecycle/call-room.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const caller = { identity: 'sam', disconnectReason: DisconnectReason.CLIENT_INITIATED };

/** A room as far as CallRoom looks at one, with the caller in it. */
async function roomWithCaller() {
  const room = Object.assign(new EventEmitter(), {
    isConnected: true,
    connectionState: ConnectionState.CONN_CONNECTED,
    remoteParticipants: new Map([['PA_1', caller]]),
  });
  const ended = vi.fn();
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- a fake has only what is used
  const ctx = { room, waitForParticipant: async () => caller } as unknown as {
    room: Room;
    waitForParticipant: () => Promise<never>;
  };
  const callRoom = new CallRoom(ctx, ended);
  await callRoom.callerJoined();
  const leave = (): void => {
    room.remoteParticipants.clear();
    room.emit(RoomEvent.ParticipantDisconnected, caller);
  };
  return { room, callRoom, ended, leave };
}

describe('the room of a call', () => {
  it('ends the call when the caller has left', async () => {
    const { ended, leave } = await roomWithCaller();
    leave();
    await vi.advanceTimersByTimeAsync(250);
    expect(ended.mock.calls).toEqual([['caller-left', 'client-initiated']]);
  });

  it('does not take its own reconnect for the caller’s leaving', async () => {
    const { room, ended, leave } = await roomWithCaller();
    leave();
    room.connectionState = ConnectionState.CONN_RECONNECTING;
    await vi.advanceTimersByTimeAsync(10_000);
    room.connectionState = ConnectionState.CONN_CONNECTED;
    room.remoteParticipants.set('PA_2', caller);
    room.emit(RoomEvent.Reconnected);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(ended).not.toHaveBeenCalled();
  });

  it('lets a caller come back after LiveKit was away, and ends the call as livekit-lost when they do not', async () => {
    for (const comesBack of [true, false]) {
      const { room, ended, leave } = await roomWithCaller();
      leave();
      room.connectionState = ConnectionState.CONN_RECONNECTING;
      await vi.advanceTimersByTimeAsync(10_000);
      room.connectionState = ConnectionState.CONN_CONNECTED;
      room.emit(RoomEvent.Reconnected);
      await vi.advanceTimersByTimeAsync(14_000);
      expect(ended).not.toHaveBeenCalled();
      if (comesBack) {
        room.remoteParticipants.set('PA_2', caller);
      }
      await vi.advanceTimersByTimeAsync(2_000);
      expect(ended.mock.calls).toEqual(
        comesBack ? [] : [['livekit-lost', 'the-caller-did-not-come-back']],
      );
    }
  });

  it('ends the call as caller-left when a caller who came back leaves', async () => {
    const { room, ended, leave } = await roomWithCaller();
    leave();
    room.connectionState = ConnectionState.CONN_RECONNECTING;
    await vi.advanceTimersByTimeAsync(1_000);
    room.connectionState = ConnectionState.CONN_CONNECTED;
    room.emit(RoomEvent.Reconnected);
    room.remoteParticipants.set('PA_2', caller);
    await vi.advanceTimersByTimeAsync(5_000);
    leave();
    await vi.advanceTimersByTimeAsync(250);
    expect(ended.mock.calls).toEqual([['caller-left', 'client-initiated']]);
  });

  it('ends the call as livekit-lost when the room is lost', async () => {
    const { room, ended } = await roomWithCaller();
    room.emit(RoomEvent.Disconnected, DisconnectReason.ROOM_DELETED);
    expect(ended.mock.calls).toEqual([['livekit-lost', 'room-deleted']]);
  });

  it('lets nobody wait for a listener who has left before listening', async () => {
    const { room, callRoom } = await roomWithCaller();
    const publication = { resolveFirstSubscription: vi.fn() };
    callRoom.expectNoListener();
    Object.assign(room, {
      localParticipant: { trackPublications: new Map([['TR_1', publication]]) },
    });
    callRoom.expectNoListener();
    expect(publication.resolveFirstSubscription).toHaveBeenCalledOnce();
  });

  it('hears nothing any more once it is released', async () => {
    const { room, callRoom, ended, leave } = await roomWithCaller();
    leave();
    callRoom.release();
    room.emit(RoomEvent.Disconnected, DisconnectReason.ROOM_DELETED);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(ended).not.toHaveBeenCalled();
    expect(room.eventNames()).toEqual([]);
  });
});
