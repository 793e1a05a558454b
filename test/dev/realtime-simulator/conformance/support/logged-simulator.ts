import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import {
  fastLatencies,
  startRealtimeSimulator,
  type RealtimeSimulator,
  type SimulatorOptions,
} from '../../../../../dev/realtime-simulator/index.js';
import { scenario } from './scenario.js';

const recordSchema = z.object({
  direction: z.enum(['in', 'out']),
  event: z.record(z.string(), z.unknown()),
});

export interface LoggedSimulator {
  readonly simulator: RealtimeSimulator;
  /** Every event, in full, as JSON lines. */
  readonly eventLog: string;
  /** Each event the simulator has sent so far, in full. */
  sent(): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/** A simulator that follows the scenario here, ten times faster than life, and writes down every event. */
export async function startLoggedSimulator(
  options: SimulatorOptions = {},
): Promise<LoggedSimulator> {
  const folder = await mkdtemp(path.join(tmpdir(), 'conformance-'));
  const eventLog = path.join(folder, 'events.jsonl');
  const simulator = await startRealtimeSimulator({
    scenarios: [scenario],
    latencies: { ...fastLatencies, paceFactor: 10 },
    eventLog,
    ...options,
  });
  return {
    simulator,
    eventLog,
    sent: async () => {
      const lines = (await readFile(eventLog, 'utf8')).trim().split('\n');
      return lines
        .map((line) => recordSchema.parse(JSON.parse(line)))
        .filter(({ direction }) => direction === 'out')
        .map(({ event }) => event);
    },
    stop: async () => {
      await simulator.stop();
      await rm(folder, { recursive: true });
    },
  };
}
