import { setImmediate } from 'node:timers/promises';
import { initializeLogger } from '@livekit/agents';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { check } from '../support/property.js';
import { aLife, SupervisedLife } from './support/supervised-life.js';
import { attemptsInARow, longestOutageMs, mostWithin } from './support/supervised-log.js';

/** What holds for every supervisor, whatever its connections do, on a clock of its own. */

const unhandled = vi.fn();
beforeAll(() => {
  initializeLogger({ pretty: false, level: 'silent' });
  process.prependListener('unhandledRejection', unhandled);
});
afterAll(() => void process.off('unhandledRejection', unhandled));
beforeEach(() =>
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
  }),
);
afterEach(() => vi.useRealTimers());

describe('a supervisor, whatever happens', () => {
  it('keeps to one connection, to its budgets, and to its end', { timeout: 60_000 }, async () => {
    await check(
      aLife,
      async ({ life: { attempts, steps }, handlersThrow, endsBy }) => {
        const life = new SupervisedLife(attempts, handlersThrow);
        const { service, supervisor, log } = life;
        for (const [act, afterMs] of steps) {
          act(life);
          await vi.advanceTimersByTimeAsync(afterMs);
        }
        if (endsBy === 'an outage') {
          service.stop();
          await vi.advanceTimersByTimeAsync(21_000);
          expect(['gave-up', 'closed']).toContain(supervisor.state.name);
        }
        await Promise.all([life.close(), life.plugin, vi.advanceTimersByTimeAsync(2_000)]);
        expect(vi.getTimerCount()).toBe(0);
        expect(['gave-up', 'closed']).toContain(supervisor.state.name);

        const end = log.findIndex(({ what }) => what === 'gave up' || what === 'closing');
        expect(log.slice(end).filter(({ what }) => what !== 'closing')).toHaveLength(
          log[end]?.what === 'gave up' ? 1 : 0,
        );
        expect(service.breaches).toEqual([]);
        expect(service.live).toBe(0);
        expect(attemptsInARow(log)).toBeLessThanOrEqual(4);
        expect(longestOutageMs(log)).toBeLessThanOrEqual(20_600);
        expect(mostWithin(log, 60_000, 'completed')).toBeLessThanOrEqual(6);
        expect(mostWithin(log, 600_000)).toBeLessThanOrEqual(30);

        await setImmediate();
        expect(unhandled).not.toHaveBeenCalled();
      },
      1_000,
    );
  });
});
