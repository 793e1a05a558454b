import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CandidateError } from '../../src/interview/candidate-source.js';
import { findCandidate } from '../../src/interview/find-candidate.js';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

const kim = { name: 'Kim' };

it('gives a candidate who is found at once to the call’s start', async () => {
  const warn = vi.fn();
  const { known, later } = await findCandidate('c-1', async () => kim, warn);
  expect(known).toEqual(kim);
  expect(await later).toBeUndefined();
  expect(warn).not.toHaveBeenCalled();
});

it('warns of one who cannot be found, and goes on without', async () => {
  const warn = vi.fn();
  const source = async () => {
    throw new CandidateError('there is no file of that candidate');
  };
  const { known, later } = await findCandidate('c-1', source, warn);
  expect([known, await later]).toEqual([undefined, undefined]);
  expect(warn.mock.calls).toEqual([
    [expect.stringContaining('there is no file of that candidate')],
  ]);
});

it('says nothing of errors it does not know: they may hold what others wrote', async () => {
  const warn = vi.fn();
  const { later } = await findCandidate('c-1', async () => Promise.reject(new Error('Kim')), warn);
  await later;
  expect(warn.mock.calls.join()).not.toContain('Kim');
});
