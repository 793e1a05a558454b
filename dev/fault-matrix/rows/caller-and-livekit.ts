import type { Promised, Row } from '../row.js';
import { family, unharmed } from './shared.js';

/** The caller hangs up: that is how the call ends, and nobody is there to hear anything. */
const hungUp: Promised = {
  outcomes: ['caller-left'],
  hears: 'nothing',
  connections: { most: 1 },
};
const lost: Promised = { ...hungUp, outcomes: ['livekit-lost'], endsWithinMs: 2000 };
/** LiveKit's client tries to come back for about half a minute before it says that the room is lost. */
const lostSlowly: Promised = { ...lost, endsWithinMs: 45_000 };
const hangsUp = { kind: 'hangs-up' } as const;
const waits = { kind: 'waits' } as const;

/** The caller goes, or LiveKit does. */
export const callerAndLiveKit: readonly Row[] = family('caller-and-livekit', [
  {
    id: 'caller-leaves-at-once',
    fault: 'The caller leaves as soon as the agent has come',
    when: 'joined',
    inject: [{ on: 'caller', deed: 'leave' }],
    special: { mode: 'start', env: { CALLER_JOIN_TIMEOUT: '3s' } },
    course: hangsUp,
    promised: { ...hungUp, outcomes: ['caller-left', 'caller-never-came'] },
  },
  {
    id: 'caller-leaves-in-greeting',
    fault: 'The caller leaves during the greeting',
    when: 'greeting',
    inject: [{ on: 'caller', deed: 'leave' }],
    course: hangsUp,
    promised: hungUp,
    quick: true,
  },
  {
    id: 'caller-leaves-mid-answer',
    fault: 'The caller leaves while the agent speaks',
    when: 'agent-speaks',
    inject: [{ on: 'caller', deed: 'leave' }],
    course: hangsUp,
    promised: hungUp,
  },
  {
    id: 'caller-leaves-mid-sentence',
    fault: 'The caller leaves in mid-sentence',
    when: 'caller-speaks',
    inject: [{ on: 'caller', deed: 'leave' }],
    course: hangsUp,
    promised: hungUp,
  },
  {
    id: 'caller-leaves-and-returns',
    fault: 'The caller leaves and is back at once',
    when: 'idle',
    inject: [{ on: 'caller', deed: 'return' }],
    course: hangsUp,
    promised: hungUp,
  },
  {
    id: 'caller-signal-lost',
    fault: 'The caller’s connection to LiveKit breaks and is resumed',
    when: 'idle',
    inject: [{ on: 'caller', deed: 'drop-signal' }],
    course: { kind: 'asks', times: 2 },
    promised: { ...unharmed, hears: 'last-answer' },
  },
  {
    id: 'livekit-room-deleted',
    fault: 'The room is deleted',
    when: 'idle',
    inject: [{ on: 'livekit', deed: 'delete-room' }],
    course: waits,
    promised: lost,
    quick: true,
  },
  {
    id: 'livekit-room-deleted-mid-answer',
    fault: 'The room is deleted while the agent speaks',
    when: 'agent-speaks',
    inject: [{ on: 'livekit', deed: 'delete-room' }],
    course: waits,
    promised: lost,
  },
  {
    id: 'livekit-agent-removed',
    fault: 'The agent is put out of the room',
    when: 'idle',
    inject: [{ on: 'livekit', deed: 'remove-agent' }],
    course: waits,
    promised: lost,
  },
  {
    id: 'livekit-second-agent',
    fault: 'The agent is sent into the room a second time',
    when: 'idle',
    inject: [{ on: 'livekit', deed: 'dispatch-again' }],
    course: { kind: 'asks', times: 2 },
    promised: { ...unharmed, connections: { least: 1, most: 2 } },
  },
  {
    id: 'livekit-killed-and-restarted',
    fault: 'The LiveKit server is killed and started again',
    when: 'idle',
    inject: [
      { on: 'livekit', deed: 'kill-server' },
      { on: 'livekit', deed: 'start-server', afterMs: 1000 },
    ],
    special: { livekit: true },
    course: { kind: 'asks', times: 2 },
    promised: { ...unharmed, hears: 'last-answer' },
  },
  {
    id: 'livekit-gone',
    fault: 'The LiveKit server is killed and does not come back',
    when: 'idle',
    inject: [{ on: 'livekit', deed: 'kill-server' }],
    special: { livekit: true },
    course: waits,
    promised: lostSlowly,
  },
]);
