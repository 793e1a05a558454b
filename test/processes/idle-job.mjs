// An agent whose job processes wait for calls, and do nothing with them.
import { defineAgent } from '@livekit/agents';

export default defineAgent({ entry: async () => undefined });
