// The agent on a version of the plugin in which the method that it replaces is gone.
import { realtime } from '@livekit/agents-plugin-openai';

Reflect.deleteProperty(realtime.RealtimeSession.prototype, 'createWsConn');
await import('../../src/agent.js');
