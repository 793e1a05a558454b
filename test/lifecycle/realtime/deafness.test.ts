import { describe, expect, it } from 'vitest';
import { Deafness } from '../../../src/lifecycle/realtime/deafness.js';

describe('Deafness', () => {
  it('asks for one new connection when two answers in a row came without a word of the caller', () => {
    const deafness = new Deafness();
    expect(deafness.unheard()).toBe(false);
    expect(deafness.unheard()).toBe(true);
    for (let n = 0; n < 10; n += 1) {
      expect(deafness.unheard()).toBe(false);
    }
  });

  it('begins anew as soon as the service has heard somebody', () => {
    const deafness = new Deafness();
    deafness.unheard();
    deafness.heard();
    expect(deafness.unheard()).toBe(false);
    expect(deafness.unheard()).toBe(true);
    deafness.heard();
    expect(deafness.unheard()).toBe(false);
    expect(deafness.unheard()).toBe(true);
  });
});
