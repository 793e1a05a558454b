import { describe, expect, it } from 'vitest';
import { BackgroundErrors } from '../../../src/lifecycle/realtime/background-errors.js';

describe('BackgroundErrors', () => {
  it('shows the first of each kind', () => {
    const errors = new BackgroundErrors();
    expect(['a', 'b', 'a', 'a'].map((kind) => errors.isFirst(kind))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('shows no more than twenty kinds, and keeps no more', () => {
    const errors = new BackgroundErrors();
    const shown = Array.from({ length: 10_000 }, (_, n) => errors.isFirst(`kind ${n}`));
    expect(shown.filter(Boolean)).toHaveLength(20);
    expect(errors.isFirst('kind 0')).toBe(false);
  });
});
