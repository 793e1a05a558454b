import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { isHeld, Lease, thisProcess } from '../../../src/records/keeper/lease.js';
import { dataFolder } from '../../interview/fake-call.js';

const NOON = Date.parse('2026-01-01T12:00:00Z');
const leases: Lease[] = [];

async function take(folder: string, now: () => number): Promise<Lease> {
  const lease = await Lease.take(folder, now);
  leases.push(lease);
  return lease;
}

afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(leases.splice(0).map((lease) => lease.release()));
});

test('a folder is held from when it is taken until it is released', async () => {
  const folder = join(await dataFolder(), 'AJ_1');
  expect(await isHeld(folder)).toBe(false);

  const lease = await take(folder, Date.now);
  expect(await isHeld(folder)).toBe(true);

  await lease.release();
  expect(await isHeld(folder)).toBe(false);
  expect(await readdir(folder)).toEqual([]);
});

test('a lease that nobody renews runs out', async () => {
  const folder = await dataFolder();
  await take(folder, () => NOON);

  expect(await isHeld(folder, { now: () => NOON + 89_999 })).toBe(true);
  expect(await isHeld(folder, { now: () => NOON + 90_000 })).toBe(false);
});

test('a lease is renewed for as long as its process lives', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const folder = await dataFolder();
  let now = NOON;
  const lease = await take(folder, () => now);

  now += 60_000;
  vi.advanceTimersByTime(15_000);

  await vi.waitFor(async () =>
    expect(await isHeld(folder, { now: () => NOON + 140_000 })).toBe(true),
  );
  await lease.release();
  vi.advanceTimersByTime(60_000);
  expect(await isHeld(folder, { now: () => NOON })).toBe(false);
});

test('the lease of a process that is known to be gone does not count', async () => {
  const folder = await dataFolder();
  await take(folder, Date.now);

  expect(await isHeld(folder, { dead: thisProcess() })).toBe(false);
  expect(await isHeld(folder, { dead: { ...thisProcess(), pid: 1 } })).toBe(true);
  expect(await isHeld(folder, { dead: { ...thisProcess(), host: 'another' } })).toBe(true);
});

test('who is late does not take the lease away from who came after', async () => {
  const folder = await dataFolder();
  const first = await take(folder, Date.now);
  await take(folder, Date.now);

  await first.release();

  expect(await isHeld(folder)).toBe(true);
});

test.each(['', '{"owner":', '[]', '{"owner":"x","host":"y","pid":1,"expiresAt":"tomorrow"}'])(
  'what is no lease holds nothing: %j',
  async (text) => {
    const folder = await dataFolder();
    await writeFile(join(folder, 'lease.json'), text);

    expect(await isHeld(folder)).toBe(false);
  },
);

test('a lease that cannot be written fails nobody', async () => {
  const folder = join(await dataFolder(), 'AJ_1');
  await mkdir(join(folder, 'lease.json'), { recursive: true });

  const lease = await take(folder, Date.now);
  await lease.release();

  await expect(readFile(join(folder, 'lease.json'))).rejects.toThrow('EISDIR');
});
