import fc from 'fast-check';

/** How a piece of code that is given to the lifecycle behaves. */
export type Conduct = {
  readonly kind: 'works' | 'rejects' | 'throws' | 'hangs';
  readonly ms: number;
};

export const conduct: fc.Arbitrary<Conduct> = fc.record({
  kind: fc.oneof(
    { weight: 6, arbitrary: fc.constant('works' as const) },
    { weight: 1, arbitrary: fc.constant('rejects' as const) },
    { weight: 1, arbitrary: fc.constant('throws' as const) },
    { weight: 1, arbitrary: fc.constant('hangs' as const) },
  ),
  ms: fc.oneof(
    fc.constant(0),
    fc.integer({ min: 0, max: 2_000 }),
    fc.integer({ max: 30_000, min: 0 }),
  ),
});

export function behave({ kind, ms }: Conduct): Promise<void> {
  if (kind === 'throws') {
    throw new Error('given code threw');
  }
  return new Promise((resolve, reject) => {
    if (kind === 'hangs') {
      return;
    }
    setTimeout(() => (kind === 'works' ? resolve() : reject(new Error('given code failed'))), ms);
  });
}

/** As code of an application that returns a promise where none is expected. */
export function asGiven(one: Conduct): unknown {
  return behave(one);
}
