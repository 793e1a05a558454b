import { ParticipantKind, RoomEvent } from '@livekit/rtc-node';
import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { ACCEPTED_AT, isOlder, TwinWatch } from '../../src/lifecycle/twin-watch.js';

const agent = (identity: string, acceptedAt?: number, name = 'interviewer') => ({
  identity,
  kind: ParticipantKind.AGENT,
  attributes: {
    'lk.agent_name': name,
    ...(acceptedAt === undefined ? {} : { [ACCEPTED_AT]: String(acceptedAt) }),
  },
});

/** An agent that was accepted at 1000, and the others in its room. */
function watching(others: readonly object[], agentName = 'interviewer') {
  const room = Object.assign(new EventEmitter(), {
    isConnected: false,
    remoteParticipants: new Map(others.map((other, index) => [String(index), other])),
  });
  const leave = vi.fn();
  const acceptArguments = { identity: 'agent-m', attributes: { [ACCEPTED_AT]: '1000' } };
  const ctx = { room, job: { agentName }, info: { acceptArguments } };
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion
  const watch = new TwinWatch(ctx as unknown as ConstructorParameters<typeof TwinWatch>[0], leave);
  const join = (): void => {
    room.isConnected = true;
    room.emit(RoomEvent.ConnectionStateChanged);
  };
  return { room, watch, leave, join };
}

describe('of two agents in one room', () => {
  const pairs = [
    [agent('agent-b', 1000), agent('agent-a', 2000)],
    [agent('agent-b', 1000), agent('agent-a', 1000)],
    [agent('agent-b'), agent('agent-a', 1000)],
    [agent('agent-b'), agent('agent-a')],
  ] as const;

  it.each(pairs)('both agree which one is older: %j %j', (one, other) => {
    expect(isOlder(one, other)).not.toBe(isOlder(other, one));
  });

  it('the one that was accepted first stays', () => {
    expect(isOlder(agent('agent-b', 1000), agent('agent-a', 2000))).toBe(true);
  });
});

describe('an agent that joins a room', () => {
  it('leaves when an older one is there, once, and says nothing more of itself', () => {
    const { room, watch, leave, join } = watching([agent('agent-z', 999)]);
    join();
    room.emit(RoomEvent.ParticipantConnected);
    expect(leave).toHaveBeenCalledOnce();
    expect(watch.isYounger).toBe(true);
  });

  it('leaves also when the older one comes after it, as when LiveKit was restarted', () => {
    const { room, leave, join } = watching([]);
    join();
    expect(leave).not.toHaveBeenCalled();
    room.remoteParticipants.set('twin', agent('agent-z', 999));
    room.emit(RoomEvent.ParticipantConnected);
    expect(leave).toHaveBeenCalledOnce();
  });

  it.each([
    ['a younger one of its name', agent('agent-z', 1001)],
    ['an agent of another name', agent('agent-z', 1, 'recorder')],
    ['a human who calls themselves so', { ...agent('x', 1), kind: ParticipantKind.STANDARD }],
  ])('stays beside %s', (_who, other) => {
    const { leave, join } = watching([other]);
    join();
    expect(leave).not.toHaveBeenCalled();
  });

  it('listens no more once it is released', () => {
    const { room, watch } = watching([]);
    watch.release();
    expect(room.eventNames()).toEqual([]);
  });
});
