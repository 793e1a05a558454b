import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProcessEvents } from '../../src/lifecycle/process-guard.js';

// The real one listens to the process of these tests; in a process of its own it is tested by process-guard.test.ts.
let events: ProcessEvents;
const stopListening = vi.fn();
vi.mock('../../src/lifecycle/process-guard.js', () => ({
  exitNow: () => undefined,
  listenToProcess: (given: ProcessEvents) => {
    events = given;
    return stopListening;
  },
}));
const { JobGuard } = await import('../../src/lifecycle/job-guard.js');

const exits: number[] = [];
const logged: string[] = [];
const happened: string[] = [];
let guard: InstanceType<typeof JobGuard>;

beforeEach(() => {
  vi.useFakeTimers();
  [exits, logged, happened].forEach((list) => list.splice(0));
  const error = (_fields: object, message: string): void => void logged.push(message);
  guard = new JobGuard({
    memoryLimitMb: 100_000,
    log: () => ({ info: error, warn: error, error }),
    idleFailed: (failure) => {
      happened.push(`idle ${failure.message}`);
      throw new Error('nor does the alarm work');
    },
    exit: (code) => exits.push(code),
  });
});
afterEach(() => {
  guard.release();
  expect(stopListening).toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

function carry(changes: { report?: () => void } = {}): void {
  guard.carry({
    callId: 'AJ_test',
    closingMs: 30_000,
    report: (error, recoverable) => happened.push(`${error.code} ${String(recoverable)}`),
    orphaned: () => happened.push('orphaned'),
    ...changes,
  });
}

describe('an exception while there is a call', () => {
  it('ends the call; what comes after it changes nothing', () => {
    carry();
    events.exception(new Error('first'));
    events.exception('second, and not even an error');
    expect(happened).toEqual(['UNCAUGHT_EXCEPTION false', 'UNCAUGHT_EXCEPTION false']);
    expect(exits).toEqual([]);
  });

  it('ends the process by force when the call does not close in time', () => {
    carry();
    events.exception(new Error('first'));
    vi.advanceTimersByTime(29_999);
    events.exception(new Error('second'));
    expect(exits).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(exits).toEqual([70]);
  });

  it('is told twenty times at most: a timer that throws for ever fills no disk', () => {
    carry();
    for (let nth = 0; nth < 1_000; nth += 1) {
      events.exception(new Error('again'));
    }
    expect(happened).toHaveLength(20);
    expect(logged.at(-1)).toContain('further ones are not told');
  });

  it('ends the process even when telling the call throws', () => {
    carry({
      report: () => {
        throw new Error('nothing works any more');
      },
    });
    expect(() => events.exception(new Error('first'))).not.toThrow();
    vi.advanceTimersByTime(30_000);
    expect(exits).toEqual([70]);
  });
});

describe('a rejection that nobody looked at', () => {
  it('is told to the call, which goes on', () => {
    carry();
    events.rejection(new Error('forgotten'));
    vi.advanceTimersByTime(60_000);
    expect(happened).toEqual(['UNHANDLED_REJECTION true']);
    expect(exits).toEqual([]);
  });
});

describe('the worker’s death', () => {
  it('ends the call while there is time', () => {
    carry();
    events.orphaned();
    expect(happened).toEqual(['orphaned']);
    expect(exits).toEqual([]);
  });

  it('ends a process without a call at once', () => {
    events.orphaned();
    expect(exits).toEqual([0]);
  });
});

describe('a process without a call', () => {
  it('ends after an exception, a second later, so that the worker starts another, and not too often', () => {
    events.exception(new Error('in a timer of prewarm'));
    expect(exits).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(exits).toEqual([1]);
    expect(logged).toEqual([
      'uncaught exception in a job process that waits for a call',
      'onError of the definition threw',
    ]);
    expect(happened).toEqual(['idle in a timer of prewarm']);
  });
});
