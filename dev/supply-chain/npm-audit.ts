import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { readAudit, type AuditAnswer } from './audit-report.js';

const ANSWERS_WITHIN_MS = 60_000;

/** Asks the registry about the packages of the lockfile in `folder` that ship. */
export async function npmAudit(folder: string, signal: AbortSignal): Promise<AuditAnswer> {
  const { stdout, timedOut, isCanceled } = await execa(
    'npm',
    ['audit', '--json', '--omit=dev', '--package-lock-only', '--fetch-retries=1'],
    { cwd: folder, reject: false, timeout: ANSWERS_WITHIN_MS, cancelSignal: signal },
  );
  if (isCanceled) {
    signal.throwIfAborted();
  }
  return timedOut ? { why: `no answer within ${ANSWERS_WITHIN_MS / 1000} s` } : readAudit(stdout);
}

/** A package with a flaw that everybody knows. */
const FLAWED = { name: 'minimist', version: '0.0.8' };

/**
 * Whether the registry knows advisories at all. Some answer every question with "none"; a clean report of theirs says
 * nothing.
 */
export async function knowsAdvisories(signal: AbortSignal): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'steadfast-audit-'));
  try {
    const { name, version } = FLAWED;
    const root = { name: 'canary', version: '1.0.0', dependencies: { [name]: version } };
    const lock = {
      ...root,
      lockfileVersion: 3,
      packages: { '': root, [`node_modules/${name}`]: { version } },
    };
    await writeFile(join(folder, 'package.json'), JSON.stringify(root));
    await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lock));
    const answer = await npmAudit(folder, signal);
    return 'advisories' in answer && answer.advisories.length > 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
