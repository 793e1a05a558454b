import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { freeTcpPort } from '../../stack/ports.js';
import { startLiveKit, startWorker, type LiveKit, type Worker } from '../../stack/index.js';
import { startSimulatorProcess, type SimulatorProcess } from '../../stack/simulator.js';
import { fileURLToPath } from 'node:url';
import { probeEnvironment } from '../probe-log.js';
import type { Row, Special } from '../row.js';
import type { Subject, SubjectName } from '../subjects.js';
import { recordsFolder } from './records.js';
import { isRunning } from './run-folder.js';
import type { TelemetrySink } from '../telemetry-sink.js';

/** What one row is played on. */
export interface Stage {
  readonly livekit: LiveKit;
  readonly simulator: SimulatorProcess;
  readonly worker: Worker;
  readonly agentName: string;
  readonly workerLog: string;
  readonly dataDir: string;
  readonly probeDir: string;
  /** The row ends the worker, so nothing is to be said about its end. */
  readonly ownWorker: boolean;
  readonly subject: SubjectName;
  readonly sink: TelemetrySink;
  readonly keys: Keys;
}

export interface LaneOptions {
  readonly name: string;
  readonly subject: Subject;
  /** Shared by all lanes. */
  readonly livekit: LiveKit;
  readonly sink: TelemetrySink;
  readonly folder: string;
  readonly keys: Keys;
  readonly signal: AbortSignal;
}

/** A server that is to be killed has to be ours, also where LIVEKIT_URL names another. */
const ours = { ...process.env, LIVEKIT_URL: '' };

/** Planted secrets. */
export interface Keys {
  readonly modelKey: string;
  readonly telemetryKey: string;
}

/** Quick, and still in more than one burst: what is tested is what happens, not how long a model thinks. */
const SIMULATOR = {
  SIMULATOR_SCENARIO: fileURLToPath(new URL('../scenario.en.yaml', import.meta.url)),
  SIMULATOR_LATENCY_HANDSHAKE_MS: '20',
  SIMULATOR_LATENCY_FIRST_AUDIO_MS: '50',
  SIMULATOR_LATENCY_TRANSCRIPTION_MS: '50',
  SIMULATOR_LATENCY_JITTER_MS: '5',
};

/** One simulator and the workers that use it. One row at a time is played here. */
export class Lane implements AsyncDisposable {
  readonly #options: LaneOptions;
  readonly #endings: (() => Promise<unknown>)[] = [];
  readonly #shared = new Map<string, Promise<Stage>>();
  #simulator: Promise<SimulatorProcess> | undefined;
  #count = 0;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  /** Lends the stage for a row. What was made for this row alone is ended by `done`. */
  async stageFor({ special = {} }: Row): Promise<{ stage: Stage; done: () => Promise<void> }> {
    const { code, ...own } = special;
    if (Object.keys(own).length === 0) {
      return { stage: await this.#sharedStage(code !== undefined), done: async () => undefined };
    }
    const endings: (() => Promise<unknown>)[] = [];
    const done = async (): Promise<void> => {
      for (const end of endings.splice(0).reverse()) {
        await end().catch(() => undefined);
      }
    };
    try {
      return { stage: await this.#newStage(special, endings), done };
    } catch (error) {
      await done();
      throw error;
    }
  }

  /** Ends everything that was started for this lane. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const end of this.#endings.splice(0).reverse()) {
      await end().catch(() => undefined);
    }
  }

  /** The lane's worker; anew when the one there was has ended. */
  async #sharedStage(faulty: boolean): Promise<Stage> {
    const kind = faulty ? 'faulty' : 'usual';
    const there = await this.#shared.get(kind);
    if (there !== undefined && isRunning(there.worker.pid)) {
      return there;
    }
    const made = this.#newStage(faulty ? { code: 'by-metadata' } : {}, this.#endings);
    this.#shared.set(kind, made);
    return made;
  }

  async #newStage(special: Special, endings: (() => Promise<unknown>)[]): Promise<Stage> {
    const { name, subject, sink, keys, signal, folder } = this.#options;
    const nth = ++this.#count;
    const place = join(folder, `${name}-${nth}`);
    const probeDir = join(place, 'probe');
    await mkdir(probeDir, { recursive: true });
    const { dataDir, remove } = await recordsFolder(special.records, join(place, 'data'));
    endings.push(remove);
    const simulator = await this.#theSimulator();
    const livekit =
      special.livekit === true ? await startLiveKit({ signal, env: ours }) : this.#options.livekit;
    if (special.livekit === true) {
      endings.push(() => livekit.stop());
    }
    const agentName = `${name}-${nth}`;
    const workerLog = join(place, 'worker.log');
    const entry = special.code === undefined ? subject.entry : subject.faultyEntry;
    const worker = await startWorker({
      mode: special.mode ?? 'start',
      livekit,
      env: {
        ...subject.env,
        ...probeEnvironment(probeDir),
        OPENAI_API_KEY: keys.modelKey,
        OPENAI_BASE_URL: await modelUrl(special.modelUrl, simulator),
        SIMULATED_MODEL: 'true',
        SENTRY_DSN: sink.dsn(keys.telemetryKey),
        AGENT_NAME: agentName,
        DATA_DIR: dataDir,
        LOG_LEVEL: 'debug',
        LOG_FORMAT: 'json',
        MAX_CALLS: '10',
        VAD_SILENCE: '400ms',
        // Whoever leaves is not waited for.
        REJOIN_GRACE: '0s',
        ...special.env,
      },
      entry: entry ?? subject.entry,
      logFile: workerLog,
      signal,
    });
    endings.push(() => worker.stop());
    const ownWorker = endings !== this.#endings;
    return {
      livekit,
      simulator,
      worker,
      agentName,
      workerLog,
      dataDir,
      probeDir,
      ownWorker,
      subject: subject.name,
      sink,
      keys,
    };
  }

  #theSimulator(): Promise<SimulatorProcess> {
    this.#simulator ??= this.#startSimulator();
    return this.#simulator;
  }

  async #startSimulator(): Promise<SimulatorProcess> {
    const { keys, signal } = this.#options;
    const simulator = await startSimulatorProcess({
      env: { ...SIMULATOR, SIMULATOR_API_KEY: keys.modelKey },
      signal,
    });
    this.#endings.push(() => simulator.stop());
    return simulator;
  }
}

async function modelUrl(
  template: string | undefined,
  simulator: SimulatorProcess,
): Promise<string> {
  if (template === undefined) {
    return simulator.baseURL;
  }
  return template
    .replace('{port}', new URL(simulator.baseURL).port)
    .replace('{free}', String(await freeTcpPort()));
}
