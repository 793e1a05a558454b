import { disposeCallers } from '../caller/index.js';
import { untilInterrupted } from '../demo/interruption.js';
import { killAllProcesses } from '../stack/process-registry.js';
import { parseBenchArgs, USAGE, type BenchArgs } from './args.js';
import { writeDocs } from './report/docs.js';
import { asTable } from './report/table.js';
import { resultOf, type BenchResult } from './result.js';
import { runBench } from './run-bench.js';

async function main(): Promise<number> {
  let args: BenchArgs;
  try {
    args = parseBenchArgs(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return 2;
  }
  if (args.help) {
    console.log(USAGE);
    return 0;
  }
  const begunAtMs = performance.now();
  const say = (message: string): void => {
    const seconds = Math.round((performance.now() - begunAtMs) / 1000);
    console.error(`${String(seconds).padStart(4)} s  ${message}`);
  };
  const result = resultOf(await runBench(args, say, untilInterrupted()));
  console.error(`\n${asTable(result)}`);
  if (args.writesDocs) {
    await writeDocs(result);
    say('docs/benchmarks.md, .json and .svg are written.');
  }
  if (args.json) {
    await new Promise<void>((done) => {
      process.stdout.write(`${JSON.stringify(result)}\n`, () => done());
    });
  }
  await disposeCallers();
  return isWhole(result, args) ? 0 : 1;
}

/** Whether each thing that was asked for has been measured at least once, of both. */
function isWhole(result: BenchResult, { only }: BenchArgs): boolean {
  const found = {
    'first-word': result.firstWordRatio,
    conversation: result.heardRatio,
    'further-calls': result.callMemoryRatio,
  };
  return only.every((section) => found[section] !== null);
}

const status = await main().catch((error: unknown) => {
  console.error(error);
  return 1;
});
killAllProcesses();
// Not by itself: the native library of a call keeps a process running.
process.exit(status);
