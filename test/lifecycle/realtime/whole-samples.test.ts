import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WholeSamples } from '../../../src/lifecycle/realtime/whole-samples.js';

const bytesOf = (base64: string) => Buffer.from(base64, 'base64');

describe('WholeSamples', () => {
  it('loses no byte of a whole number of samples, however they are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 9 })), (pieces) => {
        const samples = new WholeSamples();
        const given = Buffer.concat(pieces);
        const got = pieces.map((piece) =>
          bytesOf(samples.of('a', Buffer.from(piece).toString('base64'))),
        );
        expect(got.every(({ length }) => length % 2 === 0)).toBe(true);
        expect(Buffer.concat(got)).toEqual(given.subarray(0, given.length - (given.length % 2)));
      }),
    );
  });

  it('hands on what is whole untouched', () => {
    const delta = Buffer.from([1, 2, 3, 4]).toString('base64');
    expect(new WholeSamples().of('a', delta)).toBe(delta);
  });

  it('does not put half a sample of one item before another item', () => {
    const samples = new WholeSamples();
    samples.of('a', Buffer.from([1, 2, 3]).toString('base64'));
    expect(bytesOf(samples.of('b', Buffer.from([4, 5]).toString('base64')))).toEqual(
      Buffer.from([4, 5]),
    );
  });
});
