import { expect, it } from 'vitest';
import { p10 } from '../../../../dev/fault-matrix/promises/p10.js';
import { evidence } from '../support/evidence.js';

it('breaks when a planted secret is found, and says where without saying it', () => {
  const texts = { 'the journal': 'Bearer sk-planted', 'the output': 'clean' };
  expect(p10.broken(evidence({ texts }))).toEqual(['the key is in the journal']);
});

it('breaks when a room token is found', () => {
  const token = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiJjYWxsZXIifQ', 'a'.repeat(43)].join('.');
  expect(p10.broken(evidence({ texts: { 'the output': `url?access_token=${token}` } }))).toEqual([
    'a room token is in the output',
  ]);
});
