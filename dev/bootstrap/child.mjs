import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { performance } from 'node:perf_hooks';
import { clearInterval, setInterval } from 'node:timers';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program quietly, showing on standard error that it is alive. What it prints is shown only when it
 * fails.
 *
 * @param {string} label what is being done, e.g. `installing packages`
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {Promise<number>} its exit status; 0 is success
 */
export async function runQuietly(label, command, args, cwd) {
  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1);
  const { isTTY } = process.stderr;
  const alive = () =>
    process.stderr.write(`${isTTY ? '\r' : ''}  ${label} … ${seconds()} s${isTTY ? '' : '\n'}`);
  const pulse = setInterval(alive, isTTY ? 500 : 10_000);
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = [];
  child.stdout.on('data', (chunk) => printed.push(chunk));
  child.stderr.on('data', (chunk) => printed.push(chunk));
  const status = await endedWithSignals(child);
  clearInterval(pulse);
  const verdict = status === 0 ? '' : `FAILED (${status}) after `;
  process.stderr.write(`${isTTY ? '\r' : ''}  ${label}: ${verdict}${seconds()} s\n`);
  if (status !== 0) {
    process.stderr.write(`${printed.map(String).join('')}\n`);
  }
  return status;
}

/**
 * Runs a program in our place: it has our input and output, our signals are passed on to it, and its end is
 * ours. An extra channel, closed when we are gone in whatever way, can tell it so ('disconnect').
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {boolean} channel whether it wants that channel
 * @returns {Promise<number>} the exit status to end with
 */
export function runInOurPlace(command, args, cwd, channel) {
  const own = ['inherit', 'inherit', 'inherit'];
  return endedWithSignals(spawn(command, args, { cwd, stdio: channel ? [...own, 'ipc'] : own }));
}

/**
 * Passes our signals on to a child until it has ended.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>} its exit status, as a shell would say it
 */
async function endedWithSignals(child) {
  const passOn = (signal) => child.kill(signal);
  SIGNALS.forEach((signal) => process.on(signal, passOn));
  try {
    return await new Promise((resolve) => {
      child.on('error', (error) => {
        process.stderr.write(`${error.message}\n`);
        resolve(127);
      });
      child.on('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
    });
  } finally {
    SIGNALS.forEach((signal) => process.off(signal, passOn));
  }
}
