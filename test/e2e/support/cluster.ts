import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { loadScenario } from '../../../dev/realtime-simulator/scenario.js';
import { assertEventLogValid } from '../../../dev/realtime-simulator/schema/index.js';
import {
  findRedisServer,
  startCluster,
  startSimulatorProcess,
  startWorker,
  type Cluster,
  type Worker,
} from '../../../dev/stack/index.js';
import { freeTcpPort } from '../../../dev/stack/ports.js';
import { PATIENCE } from './call.js';
import { makeDataFolder } from './data-folder.js';
import { jobProcesses } from './processes.js';
import { processOf } from './records.js';
import { QUICK, troubleIn } from './stack.js';
import type { callThatTalks } from './trouble.js';
import { waitUntil } from './wait.js';

const SCENARIO = fileURLToPath(new URL('short-interview.yaml', import.meta.url));
const { turns } = loadScenario(SCENARIO);

const redis = await findRedisServer();
/** Why there can be no cluster; empty when there can. In CI that is a failure. */
export const NO_CLUSTER = 'missing' in redis && process.env['CI'] !== 'true' ? redis.missing : '';

/** A worker that takes calls. */
export interface ClusterWorker extends Worker {
  /** Whether it takes calls now, as it tells its operator. */
  isReady(): Promise<boolean>;
}

/** A caller in a call. */
export type ClusterCall = Awaited<ReturnType<typeof callThatTalks>>;

/** Two LiveKit servers that are one, a simulator, and workers as they are asked for. */
export interface TestCluster {
  readonly nodes: Cluster['nodes'];
  /** Shared by all workers. */
  readonly dataDir: string;
  /** Starts a worker that is connected to one of the nodes, and waits until it is ready. */
  startWorker(node: number): Promise<ClusterWorker>;
  /** Ends everything, and checks what a test may not leave behind. */
  end(): Promise<void>;
}

/** @param workerEnv for every worker */
export async function testCluster(
  workerEnv: Readonly<Record<string, string>>,
): Promise<TestCluster> {
  const folder = await makeDataFolder();
  const dataDir = folder.path;
  const logFolder = join(dataDir, 'logs');
  const eventLog = join(dataDir, 'events.jsonl');
  const cluster = await startCluster({ nodes: 2, logFolder });
  const simulator = await startSimulatorProcess({
    env: { ...QUICK, SIMULATOR_EVENT_LOG: eventLog, SIMULATOR_SCENARIO: SCENARIO },
    logFile: join(logFolder, 'simulator.log'),
  });
  const workers: Worker[] = [];
  return {
    nodes: cluster.nodes,
    dataDir,
    async startWorker(node) {
      const opsPort = await freeTcpPort();
      const worker = await startWorker({
        mode: 'start',
        livekit: cluster.nodes[node]!,
        env: {
          ...simulator.agentEnv,
          DATA_DIR: dataDir,
          OPS_PORT: String(opsPort),
          LOG_LEVEL: 'debug',
          REJOIN_GRACE: '0s',
          ...workerEnv,
        },
        logFile: join(logFolder, `worker-${workers.length + 1}.log`),
      });
      workers.push(worker);
      const isReady = () => isOk(`http://127.0.0.1:${opsPort}/ready`);
      await waitUntil(isReady, 'the worker to be ready');
      return { ...worker, isReady };
    },
    async end() {
      await Promise.all(workers.map((worker) => worker.stop()));
      const { open } = await simulator.control.status();
      await simulator.stop();
      await cluster.stop();
      await folder.finish(async () => {
        expect(workers.flatMap((worker) => troubleIn(worker.output()))).toEqual([]);
        expect(troubleIn(simulator.output())).toEqual([]);
        expect(open).toBe(0);
        await assertEventLogValid(eventLog);
      });
    },
  };
}

async function isOk(url: string): Promise<boolean> {
  const response = await fetch(url).catch(() => undefined);
  await response?.body?.cancel();
  return response?.ok === true;
}

/** Whether a worker holds a call. */
export async function holds(
  cluster: Pick<TestCluster, 'dataDir'>,
  worker: Worker,
  { callId }: ClusterCall,
): Promise<boolean> {
  // A call that is over is held by nobody.
  const pid = await processOf(cluster, callId).catch(() => undefined);
  return pid !== undefined && jobProcesses(worker.pid).includes(pid);
}

/** The caller says a line of the script, and hears the answer to it to its end. */
export async function takeTurn({ caller }: ClusterCall, number: number): Promise<void> {
  const turn = turns[number - 1]!;
  const mark = caller.agentVoice.mark();
  await caller.say(turn.hears);
  await caller.agentVoice.waitForVoice({ ...PATIENCE, since: mark, heardMs: 300 });
  await caller.waitForTranscript(
    ({ speaker, text }) => speaker === 'agent' && text === turn.says,
    PATIENCE,
  );
  await caller.waitForAgentToFinish(PATIENCE);
}

/** The caller ends the interview, hears the goodbye, and sees how the call ended. */
export async function finishInterview({ caller }: ClusterCall): Promise<string> {
  const mark = caller.agentVoice.mark();
  await caller.say(turns.at(-1)!.hears);
  await caller.agentVoice.waitForVoice({ ...PATIENCE, since: mark, heardMs: 300 });
  const outcome = await caller.waitForAttribute('call.outcome', (one) => one !== '', PATIENCE);
  await caller.waitForAgentToLeave(PATIENCE);
  return outcome;
}
