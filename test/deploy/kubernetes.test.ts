import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  deploymentOf,
  deployments,
  environmentOf,
  fileOf,
  resourceOf,
  resources,
} from './support/kubernetes.js';

const hpa = z.object({
  metrics: z.tuple([
    z.object({ pods: z.object({ target: z.object({ averageValue: z.string() }) }) }),
  ]),
});
const kustomization = z.object({
  images: z.array(z.object({ name: z.string(), newTag: z.string() })),
});
const names = deployments.map(({ metadata }) => metadata.name);

describe.each(names)('the pods of %s', (name) => {
  const { pod, labels, container, spec } = deploymentOf(name);

  it('are as restricted as the namespace asks for', () => {
    expect(pod['securityContext']).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(pod).not.toHaveProperty('hostNetwork');
  });

  it('hold no key to the cluster, and are told of no Service by variables of the same names as ours', () => {
    expect(pod).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
  });

  it('are probed at a port that they have', () => {
    const { startupProbe, readinessProbe, livenessProbe } = container;
    const ports = container.ports.map((one) => one.name);
    for (const probe of [startupProbe, readinessProbe, livenessProbe]) {
      expect(ports).toContain(probe?.httpGet.port ?? ports[0]);
    }
  });

  it('have a limit of memory', () => {
    expect(container.resources.limits).toHaveProperty('memory');
  });

  it('are let in by their policy at that port alone, and go one at a time when a node is emptied', () => {
    const [port] = container.ports;
    expect(resourceOf('NetworkPolicy', name).spec).toMatchObject({
      podSelector: { matchLabels: labels },
      policyTypes: ['Ingress'],
      ingress: [{ ports: [{ port: port?.containerPort, protocol: 'TCP' }] }],
    });
    expect(resourceOf('PodDisruptionBudget', name).spec).toMatchObject({
      maxUnavailable: 1,
      selector: { matchLabels: labels },
    });
    expect(spec).toMatchObject({ selector: { matchLabels: labels } });
  });
});

test('everything that is not let in by a policy is kept out', () => {
  expect(resourceOf('NetworkPolicy', 'nobody').spec).toEqual({
    podSelector: {},
    policyTypes: ['Ingress'],
  });
  expect(resourceOf('Namespace', 'steadfast').metadata).toMatchObject({
    labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
  });
});

describe('the agent', () => {
  const { container, spec, pod } = deploymentOf('agent');

  it('is not restarted because LiveKit is away: its calls survive that', () => {
    expect(container.livenessProbe.httpGet.path).toBe('/live');
    expect(container.startupProbe?.httpGet.path).toBe('/live');
    expect(container.readinessProbe.httpGet.path).toBe('/ready');
  });

  it('answers probes where it is probed', () => {
    expect(String(container.ports[0]?.containerPort)).toBe(environmentOf('agent')['OPS_PORT']);
  });

  it('is replaced by new ones first, and its number is left to the autoscaler', () => {
    expect(spec.strategy).toMatchObject({ rollingUpdate: { maxUnavailable: 0 } });
    expect(spec.replicas).toBeUndefined();
  });

  it('drains when it is told to stop, not before', () => {
    expect(container.lifecycle).toBeUndefined();
  });

  it('is not killed because its records grow', () => {
    expect(pod['volumes']).toContainEqual({ name: 'records', emptyDir: {} });
  });

  it('is joined by another before all its places are taken', () => {
    const places = Number(environmentOf('agent')['MAX_CALLS']);
    const { metrics } = hpa.parse(resourceOf('HorizontalPodAutoscaler', 'agent').spec);
    const target = Number(metrics[0].pods.target.averageValue);
    expect(target).toBeGreaterThan(0);
    expect(target).toBeLessThan(places);
  });
});

test('the Service of the page finds its pods', () => {
  expect(resourceOf('Service', 'page').spec).toMatchObject({
    selector: deploymentOf('page').labels,
    ports: [{ targetPort: deploymentOf('page').container.ports[0]?.name }],
  });
});

test('no secret is kept here', () => {
  expect(resources.map(({ kind }) => kind)).not.toContain('Secret');
});

test('every image is named in one version', () => {
  const { images } = kustomization.parse(parse(fileOf('kustomization.yaml')));
  const used = deployments.map(({ spec }) => spec.template.spec.containers[0].image);
  expect(images.map(({ name }) => name).sort()).toEqual(used.sort());
  for (const { newTag } of images) {
    expect(newTag).toMatch(/^\d+\.\d+\.\d+$/);
  }
});
