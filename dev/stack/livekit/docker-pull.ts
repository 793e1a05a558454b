import { withDeadline } from '../deadline.js';
import { startProcess } from '../process.js';
import type { ResolveContext } from './source.js';

const PULL_DEADLINE_MS = 10 * 60_000;

/**
 * Pulls an image unless it is there.
 *
 * @throws Error with Docker's last lines when it cannot be pulled within ten minutes.
 */
export async function pullImage(image: string, context: ResolveContext): Promise<void> {
  const { machine, onProgress, signal } = context;
  if ((await machine.ask('docker', ['image', 'inspect', '--format', '{{.Id}}', image])) !== null) {
    return;
  }
  onProgress(`pulling ${image}`);
  await using pull = await startProcess({
    name: `docker pull ${image}`,
    command: 'docker',
    args: ['pull', image],
    env: machine.env,
    signal,
  });
  const stopListening = pull.output.onLine((line) => onProgress(`pulling ${image}: ${line}`));
  const { code } = await withDeadline(pull.exited, PULL_DEADLINE_MS, 'the pull', signal);
  stopListening();
  if (code !== 0) {
    throw pull.failure('the image could not be pulled');
  }
}
