import { describe, expect, it } from 'vitest';
import {
  requirePluginContract,
  unsupported,
} from '../../../src/lifecycle/realtime/plugin-contract.js';

describe('requirePluginContract', () => {
  it('accepts the pinned plugin', () => {
    expect(() => requirePluginContract()).not.toThrow();
  });

  it('refuses a plugin without the method, and names the versions that work', () => {
    expect(() => requirePluginContract({})).toThrow('RealtimeSession.createWsConn is gone');
    expect(unsupported('gone').remedy).toContain('@livekit/agents-plugin-openai 1.9.0');
  });
});
