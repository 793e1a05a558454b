import { describe, expect, it } from 'vitest';
import { formatSize, size } from '../../src/config/sizes.js';

const schema = size(256, 4096);

describe('an amount of memory', () => {
  it.each([
    ['256MB', 256],
    ['800 MB', 800],
    ['2GB', 2048],
    ['1.5gb', 1536],
  ])('%s is %i megabytes', (text, megabytes) => {
    expect(schema.parse(text)).toBe(megabytes);
  });

  it.each([
    ['800', 'write a number and a unit, such as "800MB" or "2GB"'],
    ['-1GB', 'is not an amount of memory'],
    ['255MB', 'is 255MB; it must lie within 256MB and 4GB'],
    ['5GB', 'is 5GB; it must lie within 256MB and 4GB'],
  ])('%s is refused, with how to write it', (text, problem) => {
    expect(schema.safeParse(text).error?.issues[0]?.message).toContain(problem);
  });

  it('is written the way it is read', () => {
    expect([formatSize(800), formatSize(2048)]).toEqual(['800MB', '2GB']);
  });
});
