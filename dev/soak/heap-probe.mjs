// Loaded into a worker (NODE_OPTIONS=--import) to look into it: on SIGUSR2 it collects garbage and prints how much is in use.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// Job processes inherit the environment; the signal is for the worker alone.
if (process.send === undefined) {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  process.on('SIGUSR2', () => {
    collect();
    collect();
    const { heapUsed, rss } = process.memoryUsage();
    process.stdout.write(`${JSON.stringify({ soakHeapBytes: heapUsed, soakRssBytes: rss })}\n`);
  });
}
