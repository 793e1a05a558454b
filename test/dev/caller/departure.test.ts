import { describe, expect, it } from 'vitest';
import { Departure } from '../../../dev/caller/departure.js';

const gone = { isConnected: true, agentIsThere: false };
const back = { isConnected: true, agentIsThere: true };
const reconnecting = { isConnected: false, agentIsThere: false };

describe('an agent', () => {
  it('that goes while the caller stays connected has left, at the moment it went', () => {
    const departure = new Departure();
    departure.agentMissed(100);
    expect(departure.left).toBeUndefined();
    departure.decide(gone);
    expect(departure.left).toEqual({ how: 'agent-left', atMs: 100 });
  });

  it('has not left when it seems to go because the caller reconnects', () => {
    const departure = new Departure();
    departure.agentMissed(100);
    departure.decide(reconnecting);
    departure.agentSeen();
    departure.decide(back);
    expect(departure.left).toBeUndefined();
  });

  it('that went while the caller was reconnecting has left', () => {
    const departure = new Departure();
    departure.agentMissed(100);
    departure.decide(reconnecting);
    departure.decide(gone);
    expect(departure.left).toEqual({ how: 'agent-left', atMs: 100 });
  });

  it('that leaves after a reconnect leaves at that moment, not when it seemed to', () => {
    const departure = new Departure();
    departure.agentMissed(100);
    departure.agentSeen();
    departure.agentMissed(500);
    departure.decide(gone);
    expect(departure.left?.atMs).toBe(500);
  });

  it('has not left while another one is there', () => {
    const departure = new Departure();
    departure.agentMissed(100);
    departure.decide(back);
    expect(departure.left).toBeUndefined();
  });

  it('is out of sight once the caller is out of the room, and leaves only once', () => {
    const departure = new Departure();
    departure.callerDisconnected(100);
    departure.agentMissed(200);
    departure.decide(gone);
    expect(departure.left).toEqual({ how: 'caller-disconnected', atMs: 100 });
  });
});
