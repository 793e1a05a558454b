import { initializeLogger } from '@livekit/agents';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { GaveUpError } from '../../../src/lifecycle/realtime/connection-error.js';
import { GuardedRealtimeModel } from '../../../src/lifecycle/realtime/guarded-model.js';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

describe('an address that is none', () => {
  it.each(['nonsense', 'http://[', 'http://127.0.0.1:99999/v1'])(
    'ends the call: %s',
    async (baseURL) => {
      const gaveUp = vi.fn<(error: GaveUpError) => void>();
      const listener = { gaveUp };
      const model = new GuardedRealtimeModel({ apiKey: 'sk-test', baseURL }, 60_000, { listener });
      model.open().on('error', vi.fn());
      await vi.waitFor(() => expect(gaveUp).toHaveBeenCalledOnce());
      expect(gaveUp.mock.calls[0]?.[0]).toMatchObject({ category: 'protocol', refused: true });
      await model.close();
    },
  );
});
