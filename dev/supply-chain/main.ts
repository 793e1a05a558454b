import { fileURLToPath } from 'node:url';
import { untilInterrupted } from '../demo/interruption.js';
import { thisMachine } from '../stack/livekit/machine.js';
import { audit } from './audit.js';
import type { Check, Verdict } from './check.js';
import { secrets } from './secrets.js';

const CHECKS: Readonly<Record<string, Check>> = { secrets, audit };
const USAGE = `Looks at what the project is made of.

  npm run check:supply-chain [-- CHECK ...]

  secrets  no commit has a secret in it
  audit    no package that ships has a known flaw that is not explained

Without a name: both. What is known and explained stands in dev/supply-chain/exceptions.yaml.`;

async function main(asked: readonly string[]): Promise<number> {
  const names = asked.length === 0 ? Object.keys(CHECKS) : asked;
  const checks = names.map((name) => (Object.hasOwn(CHECKS, name) ? CHECKS[name] : undefined));
  if (checks.includes(undefined)) {
    console.error(USAGE);
    return 2;
  }
  const context = {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    machine: thisMachine(),
    say: (message: string) => console.error(`  ${message}`),
    signal: untilInterrupted(),
  };
  let failed = false;
  for (const [index, check] of checks.entries()) {
    const verdict = await check?.(context);
    if (verdict !== undefined) {
      console.log(`${names[index] ?? ''}: ${inWords(verdict)}`);
      failed ||= verdict.kind === 'failed';
    }
  }
  return failed ? 1 : 0;
}

function inWords(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'passed':
      return `passed, ${verdict.what}`;
    case 'skipped':
      return `!!! SKIPPED, NOTHING WAS CHECKED !!! ${verdict.why}`;
    case 'failed':
      return ['FAILED', ...verdict.problems, verdict.remedy].join('\n  ');
  }
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
