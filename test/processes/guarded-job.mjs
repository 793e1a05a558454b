// A job process with nothing but its guard. Says what it is told, does what it is told to, and lives until it is ended.
// Run under tsx, forked. The argument `idle` leaves it without a call.
import process from 'node:process';
import { setInterval, setTimeout } from 'node:timers';
import { JobGuard } from '../../src/lifecycle/job-guard.ts';

const say = (text) => process.stdout.write(`${text}\n`);
const log = { info: () => undefined, warn: () => undefined, error: (_fields, text) => say(text) };

const guard = new JobGuard({ memoryLimitMb: 100_000, log: () => log });
if (process.argv[2] !== 'idle') {
  guard.carry({
    callId: 'AJ_test',
    closingMs: 300,
    report: (error, recoverable) => say(`${error.code} ${recoverable ? 'goes on' : 'ends'}`),
    orphaned: () => say('orphaned'),
  });
}

const deeds = {
  throw: () =>
    setTimeout(() => {
      throw new Error('nobody catches this');
    }),
  reject: () => void Promise.reject(new Error('nobody looks')),
  'say twice': () => {
    // Fails, as a message to a parent that was killed does, a moment before 'disconnect'.
    process.disconnect();
    process.send({ pong: true });
  },
};
process.on('message', (deed) => deeds[deed]());
setInterval(() => undefined, 60_000);
say('ready');
process.send('ready');
