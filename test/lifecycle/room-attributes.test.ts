import { RoomEvent, type Room } from '@livekit/rtc-node';
import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { setAttributes } from '../../src/lifecycle/room-attributes.js';

const NEVER = new Promise<void>(() => undefined);

/** A room in which we have `attributes`, and whose client answers like this. */
function roomWith(attributes: Record<string, string>, answer: Promise<void>) {
  const us = { identity: 'agent', attributes, setAttributes: vi.fn(() => answer) };
  const room = Object.assign(new EventEmitter(), { localParticipant: us });
  const told = (participant: object, now: Record<string, string>): void => {
    us.attributes = now;
    room.emit(RoomEvent.ParticipantAttributesChanged, now, participant);
  };
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- a fake has only what is used
  return { us, told, room, asRoom: room as unknown as Room };
}

const listeners = (room: EventEmitter) =>
  room.listenerCount(RoomEvent.ParticipantAttributesChanged);

describe('attributes of our own are set', () => {
  it('when LiveKit answers', async () => {
    const { asRoom, room, us } = roomWith({}, Promise.resolve());
    await setAttributes(asRoom, { 'call.state': 'talking' });
    expect(us.setAttributes.mock.calls).toEqual([[{ 'call.state': 'talking' }]]);
    expect(listeners(room)).toBe(0);
  });

  it('when LiveKit tells of them and its answer is lost, and not before', async () => {
    const { asRoom, room, us, told } = roomWith({ 'call.trouble': 'no-reply' }, NEVER);
    let isSet = false;
    const set = setAttributes(asRoom, { 'call.state': 'talking', 'call.trouble': '' });
    void set.then(() => (isSet = true));
    told(us, { 'call.state': 'talking', 'call.trouble': 'no-reply' });
    await new Promise(setImmediate);
    told({ identity: 'caller' }, { 'call.state': 'greeting' });
    await new Promise(setImmediate);
    expect(isSet).toBe(false);
    told(us, { 'call.state': 'talking', 'call.id': 'AJ_1' });
    await set;
    expect(listeners(room)).toBe(0);
  });

  it('and a client that gives up waiting for the answer after that is nobody’s concern', async () => {
    let giveUp: (error: Error) => void = () => undefined;
    const answer = new Promise<void>((_resolve, reject) => (giveUp = reject));
    const { asRoom, us, told } = roomWith({}, answer);
    const set = setAttributes(asRoom, { 'call.state': 'talking' });
    told(us, { 'call.state': 'talking' });
    await set;
    giveUp(new Error('request timed out'));
    // An unhandled rejection would fail the run.
    await new Promise(setImmediate);
  });

  it('without asking when they are there already, and when there is no room', async () => {
    const { asRoom, us } = roomWith({ 'call.state': 'talking' }, NEVER);
    await setAttributes(asRoom, { 'call.state': 'talking', 'call.trouble': '' });
    expect(us.setAttributes).not.toHaveBeenCalled();
    const { asRoom: outside, room } = roomWith({}, NEVER);
    Object.assign(room, { localParticipant: undefined });
    await setAttributes(outside, { 'call.state': 'talking' });
  });

  it('or the failure is told', async () => {
    const { asRoom, room } = roomWith({}, Promise.reject(new Error('not allowed')));
    await expect(setAttributes(asRoom, { 'call.state': 'talking' })).rejects.toThrow('not allowed');
    expect(listeners(room)).toBe(0);
  });
});
