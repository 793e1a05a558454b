import { expect, it } from 'vitest';
import { checkers, judge, PROMISES } from '../../../../dev/fault-matrix/promises/index.js';
import { evidence } from '../support/evidence.js';

it('a call in which nothing went wrong breaks no promise', () => {
  expect(judge(evidence()).filter(({ verdict }) => verdict === 'broken')).toEqual([]);
});

it('there is one checker for each promise, in order', () => {
  expect(checkers.map(({ name }) => name)).toEqual(PROMISES);
});

it('a promise a row cannot tell anything about is not called kept', () => {
  const bare = judge(evidence({ subject: 'bare', journal: null }));
  expect(bare.find(({ name }) => name === 'P5')).toEqual({ name: 'P5', verdict: 'untested' });
});
