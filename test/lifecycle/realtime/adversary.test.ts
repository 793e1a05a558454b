import fc from 'fast-check';
import { initializeLogger } from '@livekit/agents';
import { beforeAll, describe, expect, it } from 'vitest';
import { anyFault } from './support/any-fault.js';
import { survive, type Attack } from './support/adversary.js';

/**
 * Random pairs of faults against a guarded model in an AgentSession. A few of them with each run of the tests;
 * `ADVERSARY_RUNS=500` for a real search, `ADVERSARY_SEED` for one that was.
 */

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

const anAttack: fc.Arbitrary<Attack> = fc.record({
  first: anyFault,
  second: anyFault,
  firstAfterMs: fc.integer({ min: 0, max: 300 }),
  secondAfterMs: fc.integer({ min: 0, max: 600 }),
});

const runs = Number(process.env['ADVERSARY_RUNS'] ?? 6);
const seed = Number(process.env['ADVERSARY_SEED'] ?? Date.now() % 1_000_000);
const attacks = fc.sample(anAttack, { numRuns: runs, seed });

describe(`two faults at once (seed ${seed})`, () => {
  it.each(attacks.map((attack, n) => ({ n, attack })))(
    '$n: $attack.first.fault and $attack.second.fault',
    async ({ attack }) => {
      const survived = await survive(attack);
      if (process.env['ADVERSARY_RUNS']) {
        process.stdout.write(`${JSON.stringify({ ...survived, attack }).slice(0, 1_500)}\n`);
      }
      expect(survived.broken, JSON.stringify(attack)).toEqual([]);
    },
  );
});
