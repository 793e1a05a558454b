import { expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { checkResources } from '../../../dev/deploy-check/validate.js';
import { fileOf } from '../../deploy/support/kubernetes.js';

const budget = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: agent, annotations: { of: a test } }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: agent } } }
`;
const altered = (from: string, to: string) => checkResources(budget.replace(from, to)).problems;

test('what Kubernetes takes has no problems', () => {
  expect(checkResources(`${budget}---\n${fileOf('namespace.yaml')}`)).toEqual({
    names: ['PodDisruptionBudget agent', 'Namespace steadfast'],
    problems: [],
  });
});

test.each([
  ['a mistyped field', 'maxUnavailable', 'maxUnavailble'],
  ['a field in the wrong place', 'matchLabels: { app: agent }', 'app: agent'],
  ['a number that has to be a text', 'of: a test', 'of: 8082'],
  ['a text that has to be a list', 'app: agent }', 'app: agent }, matchExpressions: none'],
  ['a kind that there is none of', 'PodDisruptionBudget', 'PodDisruptionBudgets'],
  ['a version that there is none of', 'policy/v1', 'policy/v7'],
  ['a resource without a name', 'name: agent, ', ''],
  ['a field that is there twice', 'maxUnavailable: 1', 'maxUnavailable: 1, maxUnavailable: 2'],
])('%s is one problem', (_what, from, to) => {
  expect(altered(from, to)).toHaveLength(1);
});

test('what has to be there and is not is a problem, deep inside, too', () => {
  const agent = parseDocument(fileOf('agent.yaml'));
  agent.deleteIn(['spec', 'template', 'spec', 'containers', 0, 'name']);
  expect(checkResources(agent.toString()).problems).toEqual([
    expect.stringContaining("Property 'name' is missing"),
  ]);
});

test('a problem names the resource, the line and the field', () => {
  expect(altered('maxUnavailable', 'maxUnavailble')).toEqual([
    expect.stringMatching(
      /^PodDisruptionBudget agent: "maxUnavailble": 1: .*'"maxUnavailble"' does not exist/,
    ),
  ]);
});
