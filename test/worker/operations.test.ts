import { channel } from 'node:diagnostics_channel';
import { EventEmitter } from 'node:events';
import { initializeLogger } from '@livekit/agents';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { freeTcpPort } from '../../dev/stack/ports.js';
import { waitUntil } from '../../dev/stack/deadline.js';
import { parseConfig } from '../../src/config/schema.js';
import { operations } from '../../src/worker/operations.js';
import { complete } from '../config/complete-environment.js';

let end: () => Promise<void> = async () => undefined;

beforeAll(() => {
  initializeLogger({ pretty: false, level: 'silent' });
});
afterEach(() => end());

async function metricsOf(port: number): Promise<string[]> {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
  return (await answer.text()).split('\n');
}

it('a call whose last words arrive after the exit of its process is not counted as crashed, and is over', async () => {
  const port = await freeTcpPort();
  const worker = operations(parseConfig({ ...complete, OPS_PORT: String(port) }));
  worker.begin();
  end = () => worker.finish(new AbortController().signal);
  const isServed = () => metricsOf(port).then(Boolean, () => false);
  await waitUntil(isServed, { deadlineMs: 10_000, what: 'the metrics' });

  const child = new EventEmitter();
  channel('child_process').publish({ process: child });
  const tell = (entry: object) =>
    child.emit('message', {
      case: 'steadfast.entry',
      callId: 'AJ_1',
      entry: { seq: 1, at: '2026-01-01T12:00:00.000Z', ...entry },
    });
  tell({ type: 'state', state: 'talking' });
  expect(await metricsOf(port)).toContain('steadfast_calls_active 1');
  child.emit('exit', 0, null);
  tell({
    ...{ type: 'outcome', callId: 'AJ_1', reason: 'completed', startedAt: '', endedAt: '' },
    ...{ durationMs: 61_000, modelConnections: 1, usage: [] },
  });
  child.emit('close', 0, null);

  expect(await metricsOf(port)).toEqual(
    expect.arrayContaining([
      'steadfast_calls_active 0',
      'steadfast_calls_total{outcome="completed"} 1',
      'steadfast_calls_total{outcome="crashed"} 0',
    ]),
  );
});
