import { parseArgs } from 'node:util';
import { initializeLogger } from '@livekit/agents';
import { ConfigError } from '../config/config-error.js';
import { parseConfig, type Config } from '../config/schema.js';
import { loadInterviews } from '../interview/load-interviews.js';
import { redactor } from '../telemetry/redact.js';
import { looked, messageOf, type Check } from './check.js';
import { limits } from './checks/limits.js';
import { keyPair, livekitServer } from './checks/livekit.js';
import { media } from './checks/media.js';
import { model } from './checks/model.js';
import { packages } from './checks/packages.js';
import { records } from './checks/records.js';
import { workerHere } from './checks/worker.js';
import { well, wrong, type Finding } from './finding.js';
import { whyNoAgent } from './why.js';

export const USAGE = `Looks at everything that a call needs, and says what is wrong, why it matters, and what to do.

  npm run doctor                 configuration, LiveKit, key pair, clock, media, worker, model, packages, records, limits
  npm run doctor -- --why ROOM   why no agent is in a room, while somebody waits in it

  --json   {"findings":[{"check","ok","what","why","fix"}]} (npm run --silent doctor -- --json)
  --help   this text

Reads the environment, .env.local and .env, as the agent does. Joins a room of its own for a moment, and asks the text model
for one word. Ends with 0 when all is well, with 1 when something is not, with 2 when the command is wrong.`;

/** A command line that makes no sense. */
export class DoctorUsageError extends Error {
  override readonly name = 'DoctorUsageError';
}

const CHECKS: readonly Check[] = [
  livekitServer,
  keyPair,
  media,
  workerHere,
  model,
  packages,
  records,
  limits,
];
/** Without a server that answers these have nothing to say. */
const NEED_LIVEKIT: ReadonlySet<Check> = new Set([keyPair, media]);

/**
 * Carries out one command line.
 *
 * @returns what is printed, and the exit code.
 * @throws DoctorUsageError for a wrong command line.
 */
export async function runDoctor(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ output: string; exitCode: 0 | 1 }> {
  const { why, json, help } = parsed(args);
  if (help) {
    return { output: `${USAGE}\n`, exitCode: 0 };
  }
  initializeLogger({ pretty: false, level: 'silent' });
  const found = await look(env, why);
  const findings = found.map((finding) => redacted(finding, env));
  return {
    output: json ? `${JSON.stringify({ findings })}\n` : inWords(findings),
    exitCode: findings.every(({ ok }) => ok) ? 0 : 1,
  };
}

async function look(
  env: Readonly<Record<string, string | undefined>>,
  why: string | undefined,
): Promise<readonly Finding[]> {
  const configured = configuration(env);
  if (!('config' in configured)) {
    return configured.findings;
  }
  const { config } = configured;
  if (why !== undefined) {
    return looked({ name: 'room', run: (it) => whyNoAgent(it, why) }, config);
  }
  const findings: Finding[] = [well('configuration', 'is complete, and the interviews are right')];
  for (const check of CHECKS) {
    const isDown = findings.some(({ check: name, ok }) => name === livekitServer.name && !ok);
    if (!(isDown && NEED_LIVEKIT.has(check))) {
      findings.push(...(await looked(check, config)));
    }
  }
  return findings;
}

function configuration(
  env: Readonly<Record<string, string | undefined>>,
): { config: Config } | { findings: Finding[] } {
  try {
    const config = parseConfig(env);
    loadInterviews(config.interview);
    return { config };
  } catch (error) {
    const problems =
      error instanceof ConfigError
        ? error.problems
        : [{ variable: 'it', problem: messageOf(error), remedy: 'Mend what the message says.' }];
    return {
      findings: problems.map(({ variable, problem, remedy }) =>
        wrong('configuration', {
          what: `${variable} ${problem}`,
          why: 'The agent does not start; nothing else was looked at.',
          fix: remedy,
        }),
      ),
    };
  }
}

/** A service may quote a key in its refusal. */
function redacted(finding: Finding, env: Readonly<Record<string, string | undefined>>): Finding {
  try {
    const redact = redactor(parseConfig(env));
    return { ...finding, what: redact(finding.what), fix: redact(finding.fix) };
  } catch {
    return finding;
  }
}

function inWords(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ check, ok, what, why, fix }) =>
    ok ? [`✓ ${check}: ${what}`] : [`✗ ${check}: ${what}`, `    ${why}`, `    → ${fix}`],
  );
  const wrongOnes = findings.filter(({ ok }) => !ok).length;
  const last =
    wrongOnes === 0
      ? 'All is well.'
      : `${wrongOnes} of ${findings.length} things need to be mended.`;
  return `${[...lines, '', last].join('\n')}\n`;
}

function parsed(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        why: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new DoctorUsageError(`${messageOf(error)}\n\n${USAGE}`);
  }
}
