import { initializeLogger } from '@livekit/agents';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConnectionError } from '../../../src/lifecycle/realtime/connection-error.js';
import { fromClose, fromHttp } from '../../../src/lifecycle/realtime/service-errors.js';
import type { Attempt } from './support/fake-service.js';
import { SupervisedLife } from './support/supervised-life.js';

/** When attempts are made and when they end, on a clock of the test's own. */

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));
beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const refused = (error: ConnectionError): Attempt => ({ error, afterMs: 0 });
const opens: Attempt = { error: undefined, afterMs: 10 };

async function live(attempts: Attempt[], ms: number): Promise<SupervisedLife> {
  const life = new SupervisedLife(attempts, false);
  await vi.advanceTimersByTimeAsync(ms);
  return life;
}
const at = (life: SupervisedLife, what: string): number[] =>
  life.log.filter((entry) => entry.what === what).map(({ atMs }) => atMs);

describe('a supervisor', () => {
  it('waits 250, 500 and 1000 ms, and gives up when the fourth attempt has failed', async () => {
    const life = await live([], 60_000);
    expect(at(life, 'attempt')).toEqual([0, 255, 760, 1_765]);
    expect(at(life, 'gave up')).toEqual([1_770]);
  });

  it('waits as long as the service asks, and no longer', async () => {
    const life = await live([refused(fromHttp(429, undefined, 5_000)), opens], 10_000);
    expect(at(life, 'attempt')).toEqual([0, 5_000]);
    expect(at(life, 'reconnected')).toEqual([5_010]);
  });

  it.each([19_990, 20_001])(
    'gives up at once when the service asks for a pause of %i ms: the caller would be gone',
    async (retryAfterMs) => {
      const attempts = [opens, refused(fromHttp(503, undefined, retryAfterMs)), opens];
      const life = await live(attempts, 20);
      life.service.wire?.dies(new ConnectionError('cut', { category: 'connectivity' }));
      await vi.advanceTimersByTimeAsync(60_000);
      expect(at(life, 'attempt')).toHaveLength(2);
      expect(at(life, 'gave up')[0]).toBeLessThan(400);
    },
  );

  it.each([400, 401, 402, 403, 404])('does not try again after HTTP %i', async (status) => {
    const life = await live([refused(fromHttp(status, undefined)), opens], 60_000);
    expect(at(life, 'attempt')).toEqual([0]);
    expect(at(life, 'gave up')).toEqual([0]);
  });

  it.each([301, 408, 425, 429, 500, 502, 503, 504])('tries again after HTTP %i', async (status) => {
    const life = await live([refused(fromHttp(status, undefined)), opens], 60_000);
    expect(at(life, 'attempt')).toEqual([0, 250]);
    expect(life.supervisor.state.name).toBe('open');
  });

  it('gives up when there has been no connection for twenty seconds, an attempt under way or not', async () => {
    const hangs: Attempt = { error: undefined, afterMs: 60_000 };
    const life = await live([hangs], 60_000);
    expect(at(life, 'gave up')).toEqual([20_000]);
  });

  it('renews a connection without a pause, an event or a mark against it', async () => {
    const life = await live([opens, opens], 20);
    life.supervisor.renew();
    await vi.advanceTimersByTimeAsync(520);
    expect(life.log.map(({ what }) => what)).toEqual([
      'attempt',
      'open',
      'renewed',
      'attempt',
      'open',
    ]);
    expect(at(life, 'attempt')).toEqual([0, 520]);
  });

  it('counts a connection that the plugin itself closes as lost', async () => {
    const life = await live([opens, opens, opens, opens, opens], 20);
    for (let n = 0; n < 10; n += 1) {
      life.socket?.close();
      await vi.advanceTimersByTimeAsync(2_000);
    }
    expect(at(life, 'attempt')).toHaveLength(4);
    expect(life.supervisor.state.name).toBe('gave-up');
  });

  it('counts a connection that is gone before anybody uses it as lost, with its own cause', async () => {
    const gone = fromClose(1011, 'restart', 'by the service');
    const life = await live([{ ...opens, gone }, opens], 5_000);
    expect(at(life, 'attempt')).toEqual([0, 263]);
    expect(at(life, 'lost')).toEqual([10]);
    expect(life.supervisor.state.name).toBe('open');
  });

  it('ends at once when a connection is refused before anybody uses it', async () => {
    const gone = fromClose(1008, 'policy', 'by the service');
    const life = await live([{ ...opens, gone }, opens], 5_000);
    expect(at(life, 'attempt')).toEqual([0]);
    expect(life.supervisor.state).toMatchObject({ name: 'gave-up', error: { refused: true } });
  });
});
