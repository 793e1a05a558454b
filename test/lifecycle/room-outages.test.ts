import { ConnectionState, RoomEvent, type Room } from '@livekit/rtc-node';
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchRoomOutages } from '../../src/lifecycle/room-outages.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const NEVER = new Promise<void>(() => undefined);

/** A room as far as it is watched, which answers like this; by default at once. */
function watched(answer: () => Promise<void> = async () => undefined) {
  const setAttributes = vi.fn(answer);
  const room = Object.assign(new EventEmitter(), {
    connectionState: ConnectionState.CONN_CONNECTED,
    localParticipant: { setAttributes },
  });
  const [back, deaf] = [vi.fn(), vi.fn()];
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- a fake has only what is used
  const stop = watchRoomOutages(room as unknown as Room, { back, deaf });
  const outage = (): void => {
    room.emit(RoomEvent.Reconnecting);
    room.emit(RoomEvent.Reconnected);
  };
  return { room, back, deaf, stop, setAttributes, outage };
}

it('an outage of our own connection is told when it is over, each once, and none after the end', () => {
  const { room, back, stop } = watched();
  room.emit(RoomEvent.Reconnecting);
  vi.advanceTimersByTime(1_000);
  room.emit(RoomEvent.Reconnecting);
  vi.advanceTimersByTime(200);
  room.emit(RoomEvent.Reconnected);
  room.emit(RoomEvent.Reconnected);
  stop();
  room.emit(RoomEvent.Reconnecting);
  room.emit(RoomEvent.Reconnected);

  expect(back.mock.calls).toEqual([[1_200]]);
  expect(room.eventNames()).toEqual([]);
});

describe('after an outage the room', () => {
  it('is asked once when it answers, whatever it says', async () => {
    for (const answer of [
      () => Promise.resolve(),
      () => Promise.reject(new Error('not allowed')),
    ]) {
      const { deaf, setAttributes, outage } = watched(answer);
      outage();
      await vi.advanceTimersByTimeAsync(60_000);
      expect(setAttributes.mock.calls).toEqual([[{}]]);
      expect(deaf).not.toHaveBeenCalled();
    }
  });

  it('may lose two answers', async () => {
    const { deaf, setAttributes, outage } = watched();
    setAttributes.mockReturnValueOnce(NEVER).mockReturnValueOnce(NEVER);
    outage();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(setAttributes).toHaveBeenCalledTimes(3);
    expect(deaf).not.toHaveBeenCalled();
  });

  it('is called deaf, once, when it never answers', async () => {
    const { deaf, outage } = watched(() => NEVER);
    outage();
    await vi.advanceTimersByTimeAsync(8_999);
    expect(deaf).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(deaf).toHaveBeenCalledOnce();
  });

  it('is asked anew when the connection is lost again meanwhile', async () => {
    const { room, deaf, setAttributes, outage } = watched();
    setAttributes.mockReturnValueOnce(NEVER);
    outage();
    room.emit(RoomEvent.Reconnecting);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(setAttributes).toHaveBeenCalledOnce();
    room.emit(RoomEvent.Reconnected);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(setAttributes).toHaveBeenCalledTimes(2);
    expect(deaf).not.toHaveBeenCalled();
  });

  it.each([
    ['the call is over', (it: ReturnType<typeof watched>) => it.stop()],
    [
      'the room is lost',
      ({ room }: ReturnType<typeof watched>) =>
        Object.assign(room, { connectionState: ConnectionState.CONN_DISCONNECTED }),
    ],
  ])('is not called deaf when %s', async (_what, happens) => {
    const it = watched(() => NEVER);
    it.outage();
    happens(it);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(it.deaf).not.toHaveBeenCalled();
  });
});
