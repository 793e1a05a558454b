import { describe, expect, it } from 'vitest';
import { retryAfter } from '../../../src/lifecycle/realtime/refusal.js';
import {
  fromClose,
  fromHttp,
  fromServiceError,
  fromSocket,
} from '../../../src/lifecycle/realtime/service-errors.js';

describe('what a failure means', () => {
  it.each([
    [400, 'protocol', true],
    [401, 'authentication', true],
    [403, 'authentication', true],
    [404, 'protocol', true],
    [429, 'rate-limit', false],
    [301, 'protocol', false],
    [500, 'server', false],
    [503, 'server', false],
  ])('HTTP %i is %s, fatal: %s', (status, category, fatal) => {
    expect(fromHttp(status, undefined)).toMatchObject({ status, category, fatal });
  });

  it('tells a spent quota from a rate limit by the body', () => {
    const error = fromHttp(429, { code: 'insufficient_quota', message: 'Pay.' }, 1_000);
    expect(error).toMatchObject({ category: 'quota', fatal: true, retryAfterMs: 1_000 });
  });

  it.each([
    [1000, false],
    [1001, false],
    [1005, false],
    [1006, false],
    [1011, false],
    [1012, false],
    [1013, false],
    [4000, false],
    [1002, true],
    [1003, true],
    [1007, true],
    [1008, true],
  ])('close code %i, fatal: %s', (closeCode, fatal) => {
    expect(fromClose(closeCode, '', 'by the service')).toMatchObject({ closeCode, fatal });
  });

  it('never repeats a key that the service quotes', () => {
    const error = fromServiceError({ message: 'Incorrect key: sk-proj-abc123DEF.' }, 'no');
    expect(error.message).not.toContain('abc123');
  });

  it('takes a frame that is too large for a breach of the protocol, and a cut for none', () => {
    const large = Object.assign(new RangeError('too large'), {
      code: 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH',
    });
    const refused = Object.assign(new Error(''), { code: 'ECONNREFUSED' });
    expect(fromSocket(large).category).toBe('protocol');
    expect(fromSocket(refused)).toMatchObject({
      category: 'connectivity',
      message: 'ECONNREFUSED',
    });
  });

  it.each([
    ['2', 2_000],
    ['Thu, 01 Jan 1970 00:00:05 GMT', 4_000],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads Retry-After: %s', (header, expected) => {
    expect(retryAfter(header, 1_000)).toBe(expected);
  });
});
