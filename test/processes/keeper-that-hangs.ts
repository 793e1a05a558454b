import { RecordKeeper } from '../../src/records/keeper/index.js';

/** Begins to finish the calls of a folder, says so, and never goes on: to be killed in the middle of it. */
const [dataDir = ''] = process.argv.slice(2);
const keeper = new RecordKeeper({
  dataDir,
  realtimeModel: 'gpt-realtime-mini',
  subjectOf: () => undefined,
  writeReport: () => {
    process.stdout.write('asked for a report');
    return new Promise(() => undefined);
  },
  drawPages: () => Promise.reject(new Error('not reached')),
  onProblem: () => undefined,
});
keeper.start();
setInterval(() => undefined, 60_000);
