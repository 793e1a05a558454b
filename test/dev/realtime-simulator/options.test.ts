import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { optionsFromEnvironment } from '../../../dev/realtime-simulator/options.js';
import { loadScenario, shippedScenario } from '../../../dev/realtime-simulator/scenario.js';

it('a scenario that is named is played in place of the shipped one of its language, and the others as ever', () => {
  const file = fileURLToPath(new URL('../../../dev/bench/scenario.yaml', import.meta.url));
  const { scenarios } = optionsFromEnvironment({ SIMULATOR_SCENARIO: file });
  expect(scenarios).toEqual([loadScenario(file), shippedScenario('ru')]);
});
