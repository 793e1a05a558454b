import { resolve } from 'node:path';
import { ConfigError, formatConfigError } from '../../src/config/config-error.js';
import { killAllProcesses } from '../stack/process-registry.js';
import { parseDemoArgs, USAGE, type DemoArgs } from './args.js';
import { Endings } from './endings.js';
import { loadEnvironment } from './environment.js';
import { InterruptedError, untilInterrupted } from './interruption.js';
import { startPieces, type Pieces } from './pieces.js';
import { languageOfCall } from './script.js';
import { Steps } from './steps.js';

const SIMULATOR_BANNER = `
  ┌──────────────────────────────────────────────────────────────────────────┐
  │  SIMULATOR: no model is speaking. It plays a script and does not         │
  │  understand speech. Set OPENAI_API_KEY to talk with the real model.      │
  └──────────────────────────────────────────────────────────────────────────┘
`;

/** The demo: starts every piece, holds a call or serves a page, ends every piece. Returns the exit code. */
async function demo(asked: DemoArgs, signal: AbortSignal): Promise<number> {
  const steps = new Steps(asked.json ? process.stderr : process.stdout);
  const endings = new Endings();
  try {
    loadEnvironment();
    // Before anything is started: a call without a script would only fail after a minute.
    const args = asked.call ? { ...asked, language: languageOfCall(asked) } : asked;
    const dataDir = resolve(process.env['DATA_DIR'] ?? 'data');
    const pieces = await startPieces({ env: process.env, dataDir, steps, endings, signal });
    if (pieces.simulator !== null) {
      steps.say(SIMULATOR_BANNER);
    }
    return await use(pieces, args, steps, endings, signal);
  } catch (error) {
    return await explain(signal.aborted ? new InterruptedError() : error, asked, steps);
  } finally {
    if (signal.aborted) {
      steps.say('\n  Ending …');
    }
    await endings.run();
  }
}

/**
 * Serves the page or holds the call. Imports only what is used: the caller brings a native library, the page a web server.
 */
async function use(
  pieces: Pieces,
  args: DemoArgs,
  steps: Steps,
  endings: Endings,
  signal: AbortSignal,
): Promise<number> {
  if (!args.call) {
    const { servePage } = await import('./page.js');
    await servePage(pieces, args, steps, endings, signal);
    return 0;
  }
  const { holdCall } = await import('./call.js');
  const report = await holdCall(pieces, args, steps, signal);
  // Once more, in one place: a problem scrolls away.
  report.problems.forEach((problem) => steps.say(`  ✗ ${problem}`));
  steps.say(report.ok ? '\n  The call went well.' : '\n  The call did NOT go well.');
  if (args.json) {
    await print({ ...report, simulated: pieces.simulator !== null });
  }
  return report.ok ? 0 : 1;
}

/** A person gets the sentence, a machine the same one as JSON. Nobody needs a stack trace. */
async function explain(error: unknown, { json }: DemoArgs, steps: Steps): Promise<number> {
  if (error instanceof InterruptedError) {
    return 130;
  }
  const message = error instanceof ConfigError ? formatConfigError(error) : wordsOf(error);
  steps.say(`\n${message}`);
  if (json) {
    await print({ ok: false, outcome: null, turns: [], problems: [message] });
  }
  return 1;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function print(value: object): Promise<void> {
  return new Promise((done) => process.stdout.write(`${JSON.stringify(value)}\n`, () => done()));
}

async function main(): Promise<number> {
  const signal = untilInterrupted();
  let args: DemoArgs;
  try {
    args = parseDemoArgs(process.argv.slice(2));
  } catch (error) {
    console.error(`${wordsOf(error)}\n\n${USAGE}`);
    return 2;
  }
  if (args.help) {
    console.log(USAGE);
    return 0;
  }
  return demo(args, signal);
}

const status = await main();
killAllProcesses();
// Not by itself: the native library of a call keeps a process running.
process.exit(status);
