import { join } from 'node:path';
import { runQuietly } from './child.mjs';
import { isInstalled } from './installed.mjs';
import { digest, isStamped, stamp } from './stamp.mjs';

/**
 * Installs the packages, unless the very ones the lockfile names are there.
 *
 * @param {string} root
 * @returns {Promise<number>} 0, or npm's exit status
 */
export async function installPackages(root) {
  const file = join(root, 'node_modules/.steadfast-installed');
  const wanted = digest(root, ['package-lock.json', '.npmrc'], [process.version, process.arch]);
  if (isStamped(file, wanted)) {
    return 0;
  }
  // Somebody may have run npm ci by hand: doing it again would only take their time.
  if (!isInstalled(root)) {
    const npm = npmCommand(process.env);
    const status = await runQuietly('installing packages (npm ci)', npm.command, npm.args, root);
    if (status !== 0) {
      return status;
    }
  }
  stamp(file, wanted);
  return 0;
}

/**
 * Builds dist/, unless it was built from exactly these sources.
 *
 * @param {string} root
 * @returns {Promise<number>} 0, or the build's exit status
 */
export async function build(root) {
  const file = join(root, 'dist/.steadfast-built');
  const sources = ['src', 'tsup.config.ts', 'tsconfig.json', 'package-lock.json'];
  const wanted = digest(root, sources);
  if (isStamped(file, wanted)) {
    return 0;
  }
  const tsup = join(root, 'node_modules/tsup/dist/cli-default.js');
  const status = await runQuietly('building dist/ (tsup)', process.execPath, [tsup], root);
  if (status !== 0) {
    return status;
  }
  stamp(file, wanted);
  return 0;
}

/**
 * How to run npm: by the npm that has started us, when one has.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ command: string, args: string[] }}
 */
function npmCommand(env) {
  const npm = env.npm_execpath ?? '';
  // "npm run --silent" makes every npm below it silent, also about why it has failed.
  const args = ['ci', '--loglevel=notice'];
  return npm.endsWith('.js')
    ? { command: process.execPath, args: [npm, ...args] }
    : { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args };
}
