import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { CANDIDATE_ID } from '../../src/interview/candidate.js';
import { loadInterviews } from '../../src/interview/load-interviews.js';
import {
  startPlayground,
  type OfferedCandidate,
  type OfferedInterview,
} from '../playground/index.js';
import type { DemoArgs } from './args.js';
import type { Endings } from './endings.js';
import type { Pieces } from './pieces.js';
import type { Steps } from './steps.js';

/**
 * Serves the page and waits until somebody wants the demo to end.
 *
 * @throws Error when the worker ends by itself, with its last lines.
 */
export async function servePage(
  pieces: Pieces,
  { port, interview }: DemoArgs,
  steps: Steps,
  endings: Endings,
  signal: AbortSignal,
): Promise<void> {
  const { livekit, agentName, worker, simulator, dataDir } = pieces;
  const interviews = offeredInterviews(interview);
  const page = endings.add(
    await steps.run(
      'Page',
      () =>
        startPlayground({
          livekit,
          agentName,
          interviews,
          candidates: simulator === null ? [] : knownCandidates(),
          simulated: simulator !== null,
          records: { dataDir, transcript: true, report: true },
          // Who talks with the simulator is a developer; with the real model, perhaps a guest.
          ...(simulator === null ? {} : { developer: { dataDir, control: simulator.control } }),
          host: '127.0.0.1',
          port,
        }),
      ({ url }) => url,
    ),
  );
  steps.say(`\n  Open ${page.url} and talk. Ctrl-C ends everything.\n`);
  const diedAlone = worker.exited.then(() => {
    const lines = worker.output().split('\n').slice(-20).join('\n');
    throw new Error(`The worker ended by itself. Its last lines:\n${lines}`);
  });
  const interrupted = signal.aborted ? undefined : once(signal, 'abort');
  await Promise.race([interrupted, diedAlone]);
}

/** Everybody whose file there is. A folder that is not there has nobody. */
function knownCandidates(): OfferedCandidate[] {
  const dir = process.env['CANDIDATES_DIR'] ?? 'candidates';
  const files = existsSync(dir) ? readdirSync(dir) : [];
  return files
    .map((file) => basename(file, '.json'))
    .filter((id, position) => files[position] === `${id}.json` && CANDIDATE_ID.test(id))
    .map((id) => ({ id, name: nameIn(join(dir, `${id}.json`)) ?? id }));
}

function nameIn(file: string): string | undefined {
  try {
    return z.object({ name: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).name;
  } catch {
    return undefined;
  }
}

/** Every interview there is, the wanted one first. */
function offeredInterviews(wanted: string): OfferedInterview[] {
  const dir = process.env['INTERVIEWS_DIR'] ?? 'interviews';
  const plans = [...loadInterviews({ dir, defaultId: wanted }).values()];
  const offered = plans.map(({ id, title, language }) => ({ id, title, language }));
  return offered.sort((a, b) => Number(b.id === wanted) - Number(a.id === wanted));
}
