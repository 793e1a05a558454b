import { describe, expect, test } from 'vitest';
import { parseRollup, parseStat, sampleTree } from '../../../dev/bench/process-tree.js';

test('a process whose name holds spaces and brackets is read all the same', () => {
  const stat = `4711 (a ) name (x) R 4700 4711 4711 0 -1 4194304 1 2 3 4 150 25 0 0 20 0 11 0`;
  expect(parseStat(stat)).toEqual({ parent: 4700, cpuMs: 1750 });
});

test('a stat of another shape is an error, not a zero', () => {
  expect(() => parseStat('4711 (x) R')).toThrow('reads differently');
});

test('memory is read in megabytes, and private is what is clean and what is dirty', () => {
  const rollup = [
    '55d0-7fff ---p 00000000 00:00 0    [rollup]',
    'Rss:              204800 kB',
    'Pss:              102400 kB',
    'Pss_Dirty:         51200 kB',
    'Private_Clean:     10240 kB',
    'Private_Dirty:     71680 kB',
  ].join('\n');
  expect(parseRollup(rollup)).toEqual({ rssMb: 200, pssMb: 100, privateMb: 80 });
});

describe.runIf(process.platform === 'linux')('on Linux', () => {
  test('our own process is found, with memory and processor time', async () => {
    const [main] = await sampleTree(process.pid);
    expect(main).toMatchObject({ pid: process.pid, kind: 'main' });
    expect(main?.memory.rssMb).toBeGreaterThan(main?.memory.privateMb ?? 0);
    expect(main?.cpuMs).toBeGreaterThan(0);
  });

  test('a process that has ended has no sample', async () => {
    expect(await sampleTree(2 ** 22 + 1)).toEqual([]);
  });
});
