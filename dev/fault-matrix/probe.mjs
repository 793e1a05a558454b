// Sees what happens inside a process without changing it. Preloaded into every process of a subject by
// NODE_OPTIONS=--import, it appends JSON lines to PROBE_DIR/<pid>.jsonl; probe-log.ts reads them.
//
// It listens to nothing on `process` (a listener for 'unhandledRejection' would be a cure): it looks on while Node and the
// framework emit their events. Its timer and its channel subscription keep no process alive.
//
// It also does what a row asks for in PROBE_DIR/<pid>.do: an exception in a timer, a rejection, a blocked event loop. So the
// same faults happen in any subject, at the moment the row chooses.
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout, setInterval } from 'node:timers';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const LOOK_EVERY_MS = 100;
const SAMPLE_EVERY_MS = 1000;
const TICK_MS = 20;
const { PROBE_DIR } = process.env;

if (PROBE_DIR !== undefined) {
  probe(join(PROBE_DIR, String(process.pid)));
}

function probe(path) {
  const timeTaken = watchTime();
  let takenBefore = 0;
  const sessions = new Set();
  let sessionsStarted = 0;

  const write = (kind, fields = {}) => {
    try {
      appendFileSync(`${path}.jsonl`, `${JSON.stringify({ at: Date.now(), kind, ...fields })}\n`);
    } catch {
      // The folder is gone: the run is over.
    }
  };
  const sample = (collected) => {
    const { rss, heapUsed, external } = process.memoryUsage();
    const taken = timeTaken();
    write('memory', { rss, heapUsed, external, lagMs: taken - takenBefore, collected });
    takenBefore = taken;
  };

  write('start', { ppid: process.ppid, argv: process.argv.slice(1) });
  watchEvents(write, {
    jobStarts: ({ room, id }) => {
      write('job', { room: room?.name ?? null, id });
      countSessions(sessions, () => {
        sessionsStarted += 1;
        write('session', { sessions: sessions.size, started: sessionsStarted });
      }).catch((error) => write('trouble', { text: String(error) }));
    },
    exits: (code) => {
      sample(false);
      write('exit', { code, resources: process.getActiveResourcesInfo() });
    },
  });
  watchSockets(write);
  setInterval(() => sample(false), SAMPLE_EVERY_MS).unref();
  const deeds = newDeeds(`${path}.do`);
  setInterval(() => deeds().forEach((one) => obey(one, write, sample)), LOOK_EVERY_MS).unref();
}

/**
 * Time that passed while this process wanted to run and did not: a busy machine took it. What the process itself used is not
 * counted, so that code which blocks the event loop excuses nothing. Answers how much so far.
 */
export function watchTime() {
  let stolenMs = 0;
  let lastAt = performance.now();
  let lastUsed = process.cpuUsage();
  const tick = () => {
    const now = performance.now();
    const used = process.cpuUsage();
    const usedMs = (used.user - lastUsed.user + used.system - lastUsed.system) / 1000;
    const lateMs = now - lastAt - TICK_MS - usedMs;
    stolenMs += lateMs > TICK_MS / 2 ? lateMs : 0;
    lastAt = now;
    lastUsed = used;
  };
  setInterval(tick, TICK_MS).unref();
  return () => {
    tick();
    return Math.round(stolenMs);
  };
}

/** Looks on while `process` emits. */
function watchEvents(write, { jobStarts, exits }) {
  const emit = process.emit;
  process.emit = function (name, ...values) {
    try {
      const [first, second] = values;
      if (name === 'uncaughtExceptionMonitor') {
        write('uncaught', { text: textOf(first), origin: second });
      } else if (name === 'unhandledRejection') {
        write('rejection', { text: textOf(first) });
      } else if (name === 'warning') {
        write('warning', { text: textOf(first) });
      } else if (name === 'exit') {
        exits(first);
      } else if (name === 'message' && first?.case === 'startJobRequest') {
        jobStarts(first.value.runningJob.job);
      }
    } catch (error) {
      write('trouble', { text: String(error) });
    }
    return emit.apply(this, [name, ...values]);
  };
}

/** Every TCP connection this process makes to this machine, from its own point of view. */
function watchSockets(write) {
  let count = 0;
  subscribe('net.client.socket', ({ socket }) => {
    const id = ++count;
    socket.once('connect', () => {
      const port = socket.remotePort;
      write('socket-open', { id, port });
      socket.once('close', () => write('socket-closed', { id, port }));
    });
  });
}

/** The framework is loaded when a job comes: from here on we see who makes sessions. */
async function countSessions(sessions, told) {
  const { voice } = await import('@livekit/agents');
  const { prototype } = voice.AgentSession;
  const start = prototype.start;
  prototype.start = function (...values) {
    sessions.add(this);
    told();
    return start.apply(this, values);
  };
}

/** The file only grows, a line a deed: one that is written while another is being done is not lost. */
function newDeeds(file) {
  let done = 0;
  return () => {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
    const fresh = lines.slice(done);
    done = lines.length;
    return fresh.map((line) => JSON.parse(line));
  };
}

function obey({ deed, ms }, write, sample) {
  write('deed', { deed });
  switch (deed) {
    case 'collect':
      setFlagsFromString('--expose-gc');
      runInNewContext('gc')();
      sample(true);
      break;
    case 'throw':
      setTimeout(() => {
        throw new Error('planted: an exception in a timer');
      });
      break;
    case 'throw-often':
      for (let nth = 1; nth <= 10; nth += 1) {
        setTimeout(() => {
          throw new Error(`planted: exception ${nth} of 10`);
        }, nth * 20);
      }
      break;
    case 'reject':
      void Promise.reject(new Error('planted: a promise nobody looks at'));
      break;
    case 'block': {
      const until = Date.now() + ms;
      while (Date.now() < until) {
        // Nothing else runs in this process meanwhile.
      }
      break;
    }
  }
}

function textOf(error) {
  return error instanceof Error ? (error.stack ?? String(error)) : String(error);
}
