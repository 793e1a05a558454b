import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { log } from '@livekit/agents';
import type { Registry } from 'prom-client';
import type { Config } from '../config/schema.js';
import type { CallMetrics } from '../telemetry/metrics/call-metrics.js';
import { countedEntry, metricsMessage } from '../telemetry/metrics/message.js';
import { workerMetrics } from '../telemetry/metrics/worker-metrics.js';
import type { BesideCalls } from './beside-calls.js';
import { watchChildProcesses } from './child-processes.js';
import { healthOf } from './health.js';

const UNAVAILABLE = 503;

/**
 * Metrics and probes for whoever operates the worker, on a port of their own (`OPS_PORT`; none without it): `/metrics` of
 * the worker and all its calls, `/ready` (takes calls: connected, not told to stop), `/live` (this process runs).
 */
export function operations(config: Config): BesideCalls {
  const { opsPort } = config.worker;
  let server: Server | undefined;
  let isStopping = false;
  if (opsPort === undefined) {
    return { begin: () => undefined, finish: async () => undefined };
  }
  return {
    begin() {
      const { registry, calls } = workerMetrics(config, () => isStopping);
      count(calls);
      server = serve(registry, async () => !isStopping && (await healthOf(config)).isConnected);
      listen(server, config.worker.host, opsPort);
    },
    stopping() {
      isStopping = true;
    },
    async finish() {
      server?.close();
      server?.closeAllConnections();
    },
  };
}

/** From the messages of the call processes that this worker starts. */
function count(metrics: CallMetrics): void {
  watchChildProcesses((child) => {
    const calls = new Set<string>();
    child.on('message', (sent) => {
      const message = metricsMessage(sent);
      if (message === undefined) {
        return;
      }
      calls.add(message.callId);
      if (message.case === 'steadfast.vitals') {
        metrics.vitals(message.callId, message);
        return;
      }
      const entry = countedEntry(message.entry);
      if (entry !== undefined) {
        metrics.told(message.callId, entry);
      }
    });
    // Not at its `exit`: what it sent last may still be on its way then, and a call that was told of after its end would be
    // counted as crashed, and go on for ever.
    child.once('close', () => calls.forEach((callId) => metrics.ended(callId)));
  });
}

function serve(registry: Registry, isReady: () => Promise<boolean>): Server {
  const answers: Readonly<Record<string, () => Promise<readonly [number, string]>>> = {
    '/metrics': async () => [200, await registry.metrics()],
    '/ready': async () => ((await isReady()) ? [200, 'ready'] : [UNAVAILABLE, 'not ready']),
    '/live': async () => [200, 'live'],
  };
  return createServer((request, response) => {
    const answer = Object.hasOwn(answers, request.url ?? '')
      ? answers[request.url ?? '']
      : undefined;
    if (answer === undefined) {
      response.writeHead(404).end();
      return;
    }
    answer().then(
      ([status, body]) =>
        response.writeHead(status, { 'Content-Type': registry.contentType }).end(body),
      () => response.writeHead(500).end(),
    );
  });
}

function listen(server: Server, host: string, port: number): void {
  server.listen(port, host);
  server.on('error', (error) => {
    log().error({ error, port }, 'metrics and probes cannot be served (OPS_PORT)');
  });
  once(server, 'listening').then(
    () => log().info({ host, port }, 'metrics and probes are served'),
    () => undefined,
  );
}
