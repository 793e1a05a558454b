import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Claim, CLAIM_MS } from '../../../src/records/keeper/claim.js';
import { dataFolder } from '../../interview/fake-call.js';

test('of many who claim a call at once, one has it', async () => {
  const folder = await dataFolder();

  const claims = await Promise.all(Array.from({ length: 20 }, () => Claim.take(folder)));

  expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
});

test('of many who find the claim of somebody dead, one has it', async () => {
  const folder = await dataFolder();
  const dead = await Claim.take(folder);
  const longAgo = new Date(Date.now() - CLAIM_MS - 1_000);
  await utimes(join(folder, 'claim-1'), longAgo, longAgo);

  const claims = await Promise.all(Array.from({ length: 20 }, () => Claim.take(folder)));
  const won = claims.filter((claim) => claim !== undefined);

  expect(won).toHaveLength(1);
  expect(await won[0]!.isMine()).toBe(true);
  expect(await dead!.isMine()).toBe(false);
});

test('who stood still for longer than a claim lasts has lost it, also when nobody else has come', async () => {
  let now = Date.now();
  const claim = await Claim.take(await dataFolder(), () => now);
  expect(await claim!.isMine()).toBe(true);

  now += CLAIM_MS;

  expect(await claim!.isMine()).toBe(false);
});

test('a claim that is released can be taken again, and leaves nothing', async () => {
  const folder = await dataFolder();
  const claim = await Claim.take(folder);
  await claim!.release();
  expect(await readdir(folder)).toEqual([]);

  expect(await Claim.take(folder)).toBeDefined();
  expect(await claim!.isMine()).toBe(false);
});
