import { once } from 'node:events';
import { offeredCandidates, offeredInterviews, startPlayground } from '../playground/index.js';
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
  const interviews = offeredInterviews(process.env['INTERVIEWS_DIR'] ?? 'interviews', interview);
  const page = endings.add(
    await steps.run(
      'Page',
      () =>
        startPlayground({
          livekit,
          agentName,
          interviews,
          candidates:
            simulator === null
              ? []
              : offeredCandidates(process.env['CANDIDATES_DIR'] ?? 'candidates'),
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
