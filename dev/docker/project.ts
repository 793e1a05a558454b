import { randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { signalProcess } from '../stack/process-group.js';
import { findCompose } from './compose-client.js';
import type { Engine } from './engine.js';
import { withoutSettings } from './without-settings.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The longest single command: `up` waits for everything to be healthy. */
const COMMAND_MS = 4 * 60_000;
const NAME = 'steadfast-test-';
const LABEL = 'com.docker.compose.project';

/** docker-compose.yml with a key pair and a name of its own, beside whatever else runs on this machine. */
export class ComposeProject {
  readonly livekit: { readonly url: string; readonly apiKey: string; readonly apiSecret: string };
  readonly name: string;
  readonly #compose: readonly string[];
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #folder: string;
  #gone: Promise<void> | undefined;

  private constructor(
    compose: readonly string[],
    engine: Engine,
    folder: string,
    livekit: ComposeProject['livekit'],
    env: NodeJS.ProcessEnv,
  ) {
    this.name = `${NAME}${process.pid}`;
    this.livekit = livekit;
    this.#compose = compose;
    this.#folder = folder;
    this.#env = {
      ...env,
      ...engine.env,
      COMPOSE_PROJECT_NAME: this.name,
      ENV_FILE: join(folder, '.env'),
    };
  }

  /**
   * Makes the files for it, starts nothing; and removes what earlier ones have left behind that were broken off.
   *
   * @throws Error when there is no `docker compose`.
   */
  static async create(engine: Engine): Promise<ComposeProject> {
    const compose = await findCompose();
    const folder = await mkdtemp(join(tmpdir(), 'steadfast-compose-'));
    const apiKey = `API${randomBytes(6).toString('hex')}`;
    const apiSecret = randomBytes(32).toString('hex');
    const lines = [`LIVEKIT_API_KEY=${apiKey}`, `LIVEKIT_API_SECRET=${apiSecret}`, ''];
    await writeFile(join(folder, '.env'), lines.join('\n'), { mode: 0o600 });
    const livekit = { url: 'ws://127.0.0.1:7880', apiKey, apiSecret };
    const env = withoutSettings(
      await readFile(join(ROOT, 'docker-compose.yml'), 'utf8'),
      process.env,
    );
    const project = new ComposeProject(compose, engine, folder, livekit, env);
    await project.#removeLeftovers(engine.isOurs);
    return project;
  }

  /**
   * Runs `docker compose …` and returns what it printed.
   *
   * @throws Error with its last lines.
   */
  async run(...args: readonly string[]): Promise<string> {
    const [command = '', ...first] = this.#compose;
    const given = ['--env-file', join(this.#folder, '.env'), '--file', 'docker-compose.yml'];
    const options = { cwd: ROOT, env: this.#env, extendEnv: false, timeout: COMMAND_MS };
    return (await execa(command, [...first, ...given, ...args], options)).stdout;
  }

  /** Writes a variable into its `.env`. */
  set(name: string, value: string): Promise<void> {
    return appendFile(join(this.#folder, '.env'), `${name}=${value}\n`);
  }

  /** Runs `docker …` on the same engine. */
  async docker(...args: readonly string[]): Promise<string> {
    const options = { env: this.#env, extendEnv: false, timeout: COMMAND_MS };
    return (await execa('docker', args, options)).stdout;
  }

  /** Id of a service's container. */
  container(service: string): Promise<string> {
    return this.run('ps', '--all', '--quiet', service);
  }

  /** Ends it, and removes everything that it made but the images. Twice is the same as once. */
  down(): Promise<void> {
    this.#gone ??= this.#takeDown();
    return this.#gone;
  }

  async #takeDown(): Promise<void> {
    try {
      await this.#remove(this.name);
    } finally {
      await rm(this.#folder, { recursive: true, force: true });
    }
  }

  async #remove(name: string): Promise<void> {
    const down = ['down', '--volumes', '--timeout', '5', '--remove-orphans'];
    await this.run('--project-name', name, '--profile', '*', ...down);
  }

  /** @param all whoever made them; otherwise only those whose tests run no more */
  async #removeLeftovers(all: boolean): Promise<void> {
    const names = await this.docker('ps', '--all', '--format', `{{.Label "${LABEL}"}}`);
    const ours = [...new Set(names.split('\n'))].filter((name) => name.startsWith(NAME));
    for (const name of ours) {
      if (all || !signalProcess(Number(name.slice(NAME.length)), 0)) {
        await this.#remove(name);
      }
    }
  }
}
