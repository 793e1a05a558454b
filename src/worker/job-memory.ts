/** As `node --help --v8-options` calls it; in megabytes. */
const FLAG = '--max-semi-space-size';

/**
 * New objects may take this much, twice over, before they are collected. Node's own limit is 16 MB: loading modules
 * fills it, and it is not given back, so of the 110 MB that a job process takes 30 are empty. With 4 MB a call takes
 * 20 to 25 MB less (docs/benchmarks.md); with 1 MB what lives for a moment counts as old, and a call takes more.
 */
const YOUNG_MB = 4;

/**
 * Keeps the job processes small. The framework forks them, and a fork takes over the `execArgv` of its parent; it has no
 * option of its own for this. To be called before the first is forked. Whoever has set the flag for himself keeps his value.
 */
export function keepJobsSmall(
  execArgv: string[] = process.execArgv,
  nodeOptions: string = process.env['NODE_OPTIONS'] ?? '',
): void {
  const isSet = [...execArgv, nodeOptions].some((text) => /semi[-_]space[-_]size/.test(text));
  if (!isSet) {
    execArgv.push(`${FLAG}=${YOUNG_MB}`);
  }
}
