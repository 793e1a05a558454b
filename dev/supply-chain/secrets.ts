import { execa } from 'execa';
import { findProgram, type PinnedProgram } from '../stack/find-program.js';
import type { Check } from './check.js';

/** MIT; one program, with its rules inside, so that it asks nobody. */
const GITLEAKS: PinnedProgram = {
  what: 'secret scanner',
  name: 'gitleaks',
  variable: 'GITLEAKS_BIN',
  source: 'github.com/zricethezav/gitleaks/v8',
  version: 'v8.30.1',
};
const SCANS_WITHIN_MS = 5 * 60_000;

/** No commit has ever had a secret in it. What is none, though it looks like one, stands in .gitleaks.toml. */
export const secrets: Check = async ({ root, machine, say, signal }) => {
  const inGit = await machine.ask('git', ['-C', root, 'rev-parse', '--is-shallow-repository']);
  if (inGit === null) {
    return { kind: 'skipped', why: 'this is no git repository, and commits are what is scanned' };
  }
  const program = await findProgram(GITLEAKS, { machine, onProgress: say, signal });
  const { exitCode, all } = await execa(
    program,
    ['git', '--no-banner', '--no-color', '--redact', '--verbose', '--log-level=warn', root],
    { reject: false, all: true, timeout: SCANS_WITHIN_MS, cancelSignal: signal },
  );
  signal.throwIfAborted();
  if (exitCode === 0) {
    const how = inGit.trim() === 'true' ? 'the commits that a shallow clone has' : 'every commit';
    return { kind: 'passed', what: how };
  }
  return {
    kind: 'failed',
    problems: [all.trim() || `gitleaks ended with ${String(exitCode)}`],
    remedy:
      'Renew the secret at once: whoever has the repository has it. What is none is listed, with the reason, in .gitleaks.toml.',
  };
};
