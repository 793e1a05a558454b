import { readdirSync, readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

const FOLDER = new URL('../../../deploy/kubernetes/', import.meta.url);

const port = z.union([z.string(), z.number()]);
const probe = z.object({ httpGet: z.object({ path: z.string(), port }) });
const quantities = z.record(z.string(), z.string());

const container = z.object({
  name: z.string(),
  image: z.string(),
  env: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
  ports: z.array(z.object({ name: z.string(), containerPort: z.number() })),
  startupProbe: probe.optional(),
  readinessProbe: probe,
  livenessProbe: probe,
  lifecycle: z.unknown().optional(),
  resources: z.object({ requests: quantities, limits: quantities }),
  securityContext: z.unknown().optional(),
});
const deployment = z.object({
  kind: z.literal('Deployment'),
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    selector: z.unknown().optional(),
    replicas: z.number().optional(),
    strategy: z.unknown().optional(),
    template: z.object({
      metadata: z.object({ labels: z.record(z.string(), z.string()) }),
      spec: z.looseObject({
        terminationGracePeriodSeconds: z.number().default(30),
        containers: z.tuple([container]),
      }),
    }),
  }),
});
const resource = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }).optional(),
  spec: z.unknown().optional(),
});

export type Resource = z.output<typeof resource>;
export type Deployment = z.output<typeof deployment>;

/** A file of deploy/kubernetes. */
export function fileOf(name: string): string {
  return readFileSync(new URL(name, FOLDER), 'utf8');
}

/** Everything in deploy/kubernetes, kustomization.yaml included. */
export const resources: readonly Resource[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => parseAllDocuments(fileOf(name)))
  .map((document) => resource.parse(document.toJS()));

export const deployments: readonly Deployment[] = resources
  .filter(({ kind }) => kind === 'Deployment')
  .map((one) => deployment.parse(one));

/** What is asked for by kind and name. */
export function resourceOf(kind: string, name: string): Resource {
  const found = resources.find((one) => one.kind === kind && one.metadata?.name === name);
  if (found === undefined) {
    throw new Error(`deploy/kubernetes has no ${kind} "${name}".`);
  }
  return found;
}

/** The Deployment of that name, with its only container. */
export function deploymentOf(name: string) {
  const { spec } = deployment.parse(resourceOf('Deployment', name));
  const [only] = spec.template.spec.containers;
  return { spec, pod: spec.template.spec, labels: spec.template.metadata.labels, container: only };
}

/** The lines NAME=value of a text. */
export function variablesIn(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
}

/** What a Deployment's container finds in its environment, secrets and the image's own aside. */
export function environmentOf(name: string): Record<string, string> {
  const { env } = deploymentOf(name).container;
  return {
    ...variablesIn(fileOf('settings.env')),
    ...Object.fromEntries(env.map(({ name: variable, value }) => [variable, value])),
  };
}
