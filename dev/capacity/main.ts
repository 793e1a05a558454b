import { runMeasurement } from '../bench/measurement.js';
import { parseCapacityArgs, USAGE } from './args.js';
import { capacityDocument } from './document.js';
import { capacitySummary } from './report.js';
import { runCapacity } from './run-capacity.js';

await runMeasurement({
  usage: USAGE,
  parse: parseCapacityArgs,
  async measure(args, say, signal) {
    const result = await runCapacity(args, say, signal);
    return {
      result,
      summary: capacitySummary(result),
      ok: result.holds > 0,
      docs: { 'capacity.md': capacityDocument(result), 'capacity.json': result },
    };
  },
});
