import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../src/config/durations.js';
import { demandsOf, megabytes } from './support/budget.js';
import { composeService } from './support/compose.js';
import { deploymentOf, environmentOf } from './support/kubernetes.js';

const { pod, container } = deploymentOf('agent');
const compose = (env: Record<string, string> = {}) => {
  const { environment, stop_grace_period: grace, mem_limit: memory } = composeService('agent', env);
  return {
    variables: environment,
    graceMs: parseDuration(grace ?? '10s'),
    memoryMb: megabytes(memory ?? '0m'),
  };
};

describe.each([
  { by: 'docker-compose.yml', ...compose() },
  {
    by: 'deploy/kubernetes',
    variables: environmentOf('agent'),
    graceMs: pod.terminationGracePeriodSeconds * 1_000,
    memoryMb: megabytes(container.resources.limits['memory'] ?? '0Mi'),
  },
])('the agent, run by $by', ({ variables, graceMs, memoryMb }) => {
  const demands = demandsOf(variables);

  it('may hold every call to its end when it is told to stop', () => {
    expect(demands.drainMs).toBeGreaterThanOrEqual(demands.longestCallMs);
  });

  it('is given the time to stop that it counts on, and needs', () => {
    expect(graceMs).toBe(demands.stopGraceMs);
    expect(graceMs).toBeGreaterThanOrEqual(demands.stoppingMs);
  });

  it('has the memory for as many calls as it takes', () => {
    expect(memoryMb).toBeGreaterThanOrEqual(demands.memoryMb);
    expect(demands.memoryProblems(memoryMb)).toEqual([]);
  });
});

it('what .env says of the time to stop, docker and the worker are both told', () => {
  const { variables, graceMs } = compose({ DRAIN_TIMEOUT: '58m', STOP_GRACE: '1h' });
  expect(variables).toMatchObject({ DRAIN_TIMEOUT: '58m', STOP_GRACE: '1h' });
  expect(graceMs).toBe(parseDuration('1h'));
});

it('on Kubernetes requests are limits: what a call needs is not lent to others', () => {
  expect(container.resources.requests).toEqual(container.resources.limits);
});
