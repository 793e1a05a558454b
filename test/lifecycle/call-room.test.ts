import { ConnectionState, DisconnectReason, RoomEvent, type Room } from '@livekit/rtc-node';
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallRoom } from '../../src/lifecycle/call-room.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const caller = {
  identity: 'sam',
  sid: 'PA_1',
  disconnectReason: DisconnectReason.CLIENT_INITIATED,
};
const again = { ...caller, sid: 'PA_2' };

/** A room as far as CallRoom looks at one, with the caller in it. */
async function roomWithCaller() {
  const [ended, setAttributes] = [vi.fn(), vi.fn(async () => undefined)];
  const room = Object.assign(new EventEmitter(), {
    isConnected: true,
    connectionState: ConnectionState.CONN_CONNECTED,
    remoteParticipants: new Map([['PA_1', caller]]),
    localParticipant: { attributes: {}, setAttributes, trackPublications: new Map() },
  });
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- a fake has only what is used
  const ctx = { room, waitForParticipant: async () => caller } as unknown as {
    room: Room;
    waitForParticipant: () => Promise<never>;
  };
  const callRoom = new CallRoom(ctx, ended);
  const [away, back, types] = [vi.fn(), vi.fn(), vi.fn()];
  callRoom.attend({ callerAway: away, callerBack: back, callerTypes: types });
  await callRoom.callerJoined();
  const leave = (): void => {
    room.remoteParticipants.clear();
    room.emit(RoomEvent.ParticipantDisconnected, caller);
  };
  const join = (as = again): void => {
    room.remoteParticipants.set(as.sid, as);
    room.emit(RoomEvent.ParticipantConnected, as);
  };
  return { room, callRoom, ended, away, back, types, leave, join };
}

describe('the room of a call', () => {
  it('says that the caller is gone', async () => {
    const { ended, away, leave } = await roomWithCaller();
    leave();
    expect(away).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(250);
    expect(away.mock.calls).toEqual([[{ reason: 'caller-left', why: 'client-initiated' }]]);
    expect(ended).not.toHaveBeenCalled();
  });

  it('says that the caller is back when they can be heard', async () => {
    const { room, away, back, leave, join } = await roomWithCaller();
    leave();
    await vi.advanceTimersByTimeAsync(5_000);
    join();
    expect(back).not.toHaveBeenCalled();
    room.emit(RoomEvent.TrackSubscribed, {}, {}, again);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(back).toHaveBeenCalledOnce();
    expect(away).toHaveBeenCalledOnce();
  });

  it('does not wait for long for the microphone of a caller who is back', async () => {
    const { back, leave, join } = await roomWithCaller();
    leave();
    await vi.advanceTimersByTimeAsync(5_000);
    join();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(back).toHaveBeenCalledOnce();
  });

  it('does not say that a caller is back who left again at once', async () => {
    const { away, back, leave, join } = await roomWithCaller();
    leave();
    await vi.advanceTimersByTimeAsync(5_000);
    join();
    await vi.advanceTimersByTimeAsync(1_000);
    leave();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(back).not.toHaveBeenCalled();
    expect(away).toHaveBeenCalledTimes(2);
  });

  it.each([0, 100])(
    'notices a page that was loaded anew, also when its past left after %d ms or later',
    async (ms) => {
      const { room, away, back, leave, join } = await roomWithCaller();
      if (ms > 0) {
        leave();
        await vi.advanceTimersByTimeAsync(ms);
      }
      join();
      room.emit(RoomEvent.TrackSubscribed, {}, {}, again);
      await vi.advanceTimersByTimeAsync(10_000);
      expect([away.mock.calls.length, back.mock.calls.length]).toEqual([1, 1]);
    },
  );

  it('tells a page which stay of the caller it knows of, before they can write from it', async () => {
    const { room, leave, join } = await roomWithCaller();
    const { setAttributes } = room.localParticipant;
    expect(setAttributes).toHaveBeenLastCalledWith({ 'call.caller': 'PA_1' });
    leave();
    join();
    expect(setAttributes).toHaveBeenLastCalledWith({ 'call.caller': 'PA_2' });
  });

  it('is not interested in the coming and going of others', async () => {
    const { room, away, back, join } = await roomWithCaller();
    const other = { ...again, identity: 'kim' };
    join(other);
    room.emit(RoomEvent.TrackSubscribed, {}, {}, other);
    room.emit(RoomEvent.ParticipantDisconnected, other);
    await vi.advanceTimersByTimeAsync(10_000);
    expect([away.mock.calls, back.mock.calls]).toEqual([[], []]);
  });

  it('does not take its own reconnect for the caller’s leaving', async () => {
    const { room, away, back, leave, join } = await roomWithCaller();
    leave();
    room.connectionState = ConnectionState.CONN_RECONNECTING;
    await vi.advanceTimersByTimeAsync(10_000);
    room.connectionState = ConnectionState.CONN_CONNECTED;
    join(caller);
    room.emit(RoomEvent.Reconnected);
    await vi.advanceTimersByTimeAsync(10_000);
    expect([away.mock.calls, back.mock.calls]).toEqual([[], []]);
  });

  it('does not take a caller for gone who is back from a restart of LiveKit before itself', async () => {
    const { room, away, back, leave, join } = await roomWithCaller();
    leave();
    room.connectionState = ConnectionState.CONN_RECONNECTING;
    join();
    room.connectionState = ConnectionState.CONN_CONNECTED;
    room.emit(RoomEvent.Reconnected);
    await vi.advanceTimersByTimeAsync(10_000);
    expect([away.mock.calls, back.mock.calls]).toEqual([[], []]);
    leave();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(away).toHaveBeenCalledOnce();
  });

  it('says that LiveKit lost a caller who is not there when our own connection is back', async () => {
    const { room, away, leave } = await roomWithCaller();
    leave();
    room.connectionState = ConnectionState.CONN_RECONNECTING;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(away).not.toHaveBeenCalled();
    room.connectionState = ConnectionState.CONN_CONNECTED;
    room.emit(RoomEvent.Reconnected);
    expect(away.mock.calls).toEqual([
      [{ reason: 'livekit-lost', why: 'the-caller-did-not-come-back' }],
    ]);
  });

  it('ends the call as livekit-lost when the room is lost', async () => {
    const { room, ended } = await roomWithCaller();
    room.emit(RoomEvent.Disconnected, DisconnectReason.ROOM_DELETED);
    expect(ended.mock.calls).toEqual([['livekit-lost', 'room-deleted']]);
  });

  it('ends at once when the caller says that they hang up, and only then', async () => {
    const { room, ended, types } = await roomWithCaller();
    const packet = (from: object, topic: string): boolean =>
      room.emit(RoomEvent.DataReceived, new Uint8Array([1]), from, undefined, topic);
    packet({ identity: 'somebody else' }, 'call.leave');
    packet(caller, 'another.topic');
    packet(caller, 'call.typing');
    expect(ended).not.toHaveBeenCalled();
    expect(types).toHaveBeenCalledOnce();
    packet(caller, 'call.leave');
    expect(ended.mock.calls).toEqual([['caller-left', 'the caller hung up']]);
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
