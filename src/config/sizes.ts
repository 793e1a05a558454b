import { z } from 'zod';

const UNIT_MB = { MB: 1, GB: 1024 } as const;
const SIZE = /^(?<amount>\d+(?:\.\d+)?) ?(?<unit>MB|GB)$/i;

/** Writes megabytes the way they are read: "800MB", "2GB". */
export function formatSize(megabytes: number): string {
  return megabytes > 0 && megabytes % UNIT_MB.GB === 0
    ? `${megabytes / UNIT_MB.GB}GB`
    : `${megabytes}MB`;
}

/**
 * A schema for a written amount of memory, such as "800MB" or "2GB", between two amounts in megabytes, both included.
 * Its output is in megabytes of 2^20 bytes. A bare number is refused: whether 800 means bytes is a guess.
 */
export function size(minMb: number, maxMb: number) {
  return z.string().transform((text, context) => {
    const { amount, unit } = SIZE.exec(text.trim())?.groups ?? {};
    if (amount === undefined || unit === undefined) {
      context.addIssue(
        'is not an amount of memory; write a number and a unit, such as "800MB" or "2GB"',
      );
      return z.NEVER;
    }
    const megabytes = Math.round(
      Number(amount) * UNIT_MB[unit.toUpperCase() === 'GB' ? 'GB' : 'MB'],
    );
    if (megabytes < minMb || megabytes > maxMb) {
      context.addIssue(
        `is ${formatSize(megabytes)}; it must lie within ${formatSize(minMb)} and ${formatSize(maxMb)}`,
      );
      return z.NEVER;
    }
    return megabytes;
  });
}
