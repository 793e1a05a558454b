import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nodeProblem, OLDEST_NODE } from '../../../dev/bootstrap/node-version.mjs';

test.each(['20.19.0', '20.20.2', '22.0.0', '24.21.0', '26.1.0'])('Node %s will do', (version) => {
  expect(nodeProblem(version)).toBeNull();
});

test.each(['18.20.4', '20.18.3', '16.0.0'])('Node %s is refused with a remedy', (version) => {
  expect(nodeProblem(version)).toMatch(new RegExp(`This is Node ${version}; 20.19 .*nvm install`));
});

test('package.json asks for the same version', () => {
  const { major, minor } = OLDEST_NODE;
  expect(readFileSync('package.json', 'utf8')).toContain(`"node": ">=${major}.${minor}"`);
});
