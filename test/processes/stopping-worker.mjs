// A worker's main process with nothing but its signals: ours, and those of LiveKit's command line as agents 1.9.0 has
// them. Draining never ends, closing does when the argument says so. Run under tsx.
import process from 'node:process';
import { setInterval, setTimeout } from 'node:timers';
import { beforeExit, takeStopSignals } from '../../src/lifecycle/process-guard.ts';

const say = (text) => process.stdout.write(`${text}\n`);
const closes = process.argv.includes('closes');

if (process.argv.includes('works-on')) {
  beforeExit(() => {
    say('working on');
    return new Promise((resolve) => process.stdin.once('data', resolve));
  }, 60_000);
}
if (process.argv.includes('hangs')) {
  beforeExit(() => new Promise(() => say('hanging')), 50);
}

takeStopSignals({
  first: (signal) => say(`first ${signal}`),
  second: (signal, closeNow) => {
    say(`second ${signal}`);
    closeNow();
  },
  further: (signal) => {
    say(`further ${signal}`);
    process.exit(9);
  },
});

let draining = false;
const stop = (code) => {
  if (draining) {
    say('closing');
    if (closes) {
      setTimeout(() => process.exit(code), 50);
    }
  } else {
    draining = true;
    say('draining');
  }
};
process.once('SIGINT', () => {
  process.once('SIGINT', () => process.exit(99));
  stop(130);
});
process.once('SIGTERM', () => stop(143));
setInterval(() => undefined, 60_000);
say('ready');
