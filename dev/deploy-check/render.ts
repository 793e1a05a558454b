import { execa } from 'execa';
import { findProgram, type PinnedProgram } from '../stack/find-program.js';
import { findOnPath } from '../stack/livekit/machine.js';
import type { ResolveContext } from '../stack/livekit/source.js';

/** What kubectl has inside. */
const KUSTOMIZE: PinnedProgram = {
  what: 'kustomize',
  name: 'kustomize',
  variable: 'KUSTOMIZE_BIN',
  source: 'sigs.k8s.io/kustomize/kustomize/v5',
  version: 'v5.8.3',
};
const RENDERS_WITHIN_MS = 60_000;

/**
 * What `kubectl apply -k` would send to a cluster, as YAML documents. By kubectl, where there is one; else by kustomize.
 *
 * @throws Error with what the program says is wrong, or with what to install.
 */
export async function render(folder: string, context: ResolveContext): Promise<string> {
  const { machine, signal } = context;
  const kubectl = await findOnPath(machine, 'kubectl');
  const program = kubectl ?? (await findProgram(KUSTOMIZE, context));
  const { exitCode, stdout, stderr } = await execa(
    program,
    [kubectl === null ? 'build' : 'kustomize', folder],
    { reject: false, timeout: RENDERS_WITHIN_MS, ...(signal && { cancelSignal: signal }) },
  );
  signal?.throwIfAborted();
  if (exitCode !== 0) {
    throw new Error(`${folder} cannot be rendered: ${stderr.trim() || 'it took too long'}`);
  }
  return stdout;
}
