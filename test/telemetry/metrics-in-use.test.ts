import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseConfig } from '../../src/config/schema.js';
import { CALL_END_REASONS } from '../../src/lifecycle/index.js';
import { workerMetrics } from '../../src/telemetry/metrics/worker-metrics.js';
import { complete } from '../config/complete-environment.js';

const text = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const alerts = z
  .object({
    groups: z.array(
      z.object({
        rules: z.array(
          z.object({
            alert: z.string(),
            expr: z.string(),
            annotations: z.object({ summary: z.string(), remedy: z.string() }),
          }),
        ),
      }),
    ),
  })
  .parse(parse(text('deploy/observe/alerts.yml')))
  .groups.flatMap(({ rules }) => rules);

const panels = z
  .object({
    panels: z.array(
      z.object({
        id: z.number(),
        title: z.string(),
        gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
        targets: z.array(
          z.object({ refId: z.string(), expr: z.string(), legendFormat: z.string() }),
        ),
      }),
    ),
  })
  .parse(JSON.parse(text('deploy/observe/dashboard.json'))).panels;

const expressions = [
  ...alerts.map(({ alert, expr }) => [alert, expr] as const),
  ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
];

const registered = z
  .array(
    z.object({
      name: z.string(),
      type: z.string(),
      labelNames: z.array(z.string()).default([]),
    }),
  )
  .parse(
    workerMetrics(parseConfig(complete), () => false)
      .registry.getMetricsAsArray()
      .map((metric) => ({ ...metric })),
  );

/** Every series that is served, with its labels; Prometheus adds the place it was asked at. */
const series = new Map(
  registered.flatMap(({ name, type, labelNames }): [string, string[]][] => {
    const labels = [...labelNames, 'instance', 'job'];
    return type === 'histogram'
      ? [
          [`${name}_bucket`, [...labels, 'le']],
          [`${name}_sum`, labels],
          [`${name}_count`, labels],
        ]
      : [[name, labels]];
  }),
);

const namesIn = (expr: string) => [...new Set(expr.match(/steadfast_\w+/g) ?? [])];

/** What an expression groups by, joins on and asks for. */
function labelsIn(expr: string): string[] {
  const grouped = [...expr.matchAll(/\b(?:by|on)\s*\(([^)]*)\)/g)].flatMap(
    ([, list]) => list?.split(',') ?? [],
  );
  const asked = [...expr.matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*"/g)].map(([, label]) => label ?? '');
  return [...grouped, ...asked].map((label) => label.trim());
}

describe('what is drawn and alarmed on', () => {
  it.each(expressions)(
    '%s: %s asks for metrics that are served, with labels that they have',
    (_name, expr) => {
      const names = namesIn(expr);
      expect([...series.keys()]).toEqual(expect.arrayContaining(names));
      const labels = new Set(names.flatMap((name) => series.get(name) ?? []));
      for (const label of labelsIn(expr)) {
        expect([...labels, 'instance', 'job']).toContain(label);
      }
    },
  );

  it.each(['autoscaling.yaml', 'README.md'])('workers are added by, in %s, is served', (file) => {
    const names = namesIn(text(`deploy/kubernetes/${file}`));
    expect(names).toEqual(['steadfast_calls_active']);
    expect([...series.keys()]).toEqual(expect.arrayContaining(names));
  });

  it('knows outcomes by the words in which calls end', () => {
    const asked = expressions.flatMap(([, expr]) =>
      [...expr.matchAll(/outcome=~?"([^"]*)"/g)].flatMap(([, words]) => words?.split('|') ?? []),
    );
    expect(asked.length).toBeGreaterThan(0);
    expect([...CALL_END_REASONS]).toEqual(expect.arrayContaining(asked));
  });

  it('names labels of its own metrics in its legends', () => {
    for (const { targets } of panels) {
      for (const { expr, legendFormat } of targets) {
        const shown = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label);
        expect(labelsIn(expr)).toEqual(expect.arrayContaining(shown));
      }
    }
  });

  it('has panels that do not lie upon each other', () => {
    const taken = panels.map(({ gridPos: { x, y } }) => `${x}, ${y}`);
    expect(new Set(taken).size).toBe(panels.length);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });

  it('is explained: docs/operations.md names every metric of ours, and no other', () => {
    const [, table = ''] = text('docs/operations.md').split('| metric');
    const documented = [...(table.split('\n\n')[0] ?? '').matchAll(/^\| `.*$/gm)]
      .map(([row]) => row.split('|')[1] ?? '')
      .flatMap((cell) => namesInCell(cell));
    const ours = registered
      .map(({ name }) => name.replace('steadfast_', ''))
      .filter((name) => !name.startsWith('worker_') || name === 'worker_draining');
    expect(documented.sort()).toEqual(ours.sort());
  });

  it('has every alert in docs/operations.md, with what to do', () => {
    for (const { alert } of alerts) {
      expect(text('docs/operations.md')).toContain(`\`${alert}\``);
    }
  });
});

/** Names in a table's cell: "`a_max`, `…_sum`" is a_max and a_sum. */
function namesInCell(cell: string): string[] {
  const written = [...cell.matchAll(/`([\w…]+)(?:\{[^}]*\})?`/g)].map(([, name]) => name ?? '');
  const [first = ''] = written;
  return written.map((name) => name.replace(/^…/, first.replace(/_[^_]*$/, '')));
}
