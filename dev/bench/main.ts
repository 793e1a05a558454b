import { parseBenchArgs, USAGE, type BenchArgs } from './args.js';
import { runMeasurement } from './measurement.js';
import { benchDocument } from './report/document.js';
import { benchPicture } from './report/picture.js';
import { asTable } from './report/table.js';
import { resultOf, type BenchResult } from './result.js';
import { runBench } from './run-bench.js';

/** Whether each thing that was asked for has been measured at least once, of both. */
function isWhole(result: BenchResult, { only }: BenchArgs): boolean {
  const found = {
    'first-word': result.firstWordRatio,
    conversation: result.heardRatio,
    'further-calls': result.callMemoryRatio,
  };
  return only.every((section) => found[section] !== null);
}

await runMeasurement({
  usage: USAGE,
  parse: parseBenchArgs,
  async measure(args, say, signal) {
    const result = resultOf(await runBench(args, say, signal));
    return {
      result,
      summary: asTable(result),
      ok: isWhole(result, args),
      docs: {
        'benchmarks.md': benchDocument(result),
        'benchmarks.json': result,
        'benchmarks.svg': benchPicture(result),
      },
    };
  },
});
