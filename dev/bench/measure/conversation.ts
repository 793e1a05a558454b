import type { Caller } from '../../caller/index.js';
import type { BenchPieces } from '../pieces.js';
import type { Subject, WorkerProcesses } from '../subject.js';
import { call, CALLER_LINE, REPLY, silenceBefore, sinceEpoch } from './call.js';
import { measureCut, type Cut } from './cut.js';

/** One call of some turns, and then a cut connection. */
export interface Conversation {
  /** For each reply: from the model's first audio of it to the caller's ear, in milliseconds. */
  readonly heardMs: readonly number[];
  /** The worker's processes at the end of the turns: one call, the others idle. */
  readonly processes: WorkerProcesses;
  /** Processor time of the worker and of the call's process in one minute of the conversation, in milliseconds. */
  readonly cpuMsPerMinute: number;
  readonly cut: Cut;
}

const HEARD_WITHIN_MS = 20_000;
/** So long a silence, and the agent has said what it had to say. */
const SILENCE_MS = 500;

/** Holds a conversation of `turns` short turns, and cuts its connection at the end. */
export async function measureConversation(
  pieces: BenchPieces,
  subject: Subject,
  turns: number,
): Promise<Conversation> {
  const silenceMs = await silenceBefore(REPLY);
  await using caller = await call(pieces, subject);
  const { agentVoice } = caller;
  await agentVoice.waitForVoice({ timeoutMs: HEARD_WITHIN_MS });
  await agentVoice.waitForQuiet({ quietMs: SILENCE_MS, timeoutMs: HEARD_WITHIN_MS });

  const beginsAtMs = performance.now();
  const before = carrying(await subject.processes());
  const heardAt: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    heardAt.push(sinceEpoch(await answerTo(caller)));
    await agentVoice.waitForQuiet({ quietMs: SILENCE_MS, timeoutMs: HEARD_WITHIN_MS });
  }
  const processes = await subject.processes();
  const minutes = (performance.now() - beginsAtMs) / 60_000;
  const cpuMs = carrying(processes) - before;

  const deltas = await firstDeltas(pieces);
  return {
    heardMs: heardAt.map((at) => at - lastBefore(deltas, at) - silenceMs),
    processes,
    cpuMsPerMinute: cpuMs / minutes,
    cut: await measureCut(pieces, () => answerTo(caller)),
  };
}

/** Says the caller's line; resolves when the first of the answer is heard, with that moment. */
async function answerTo(caller: Caller): Promise<number> {
  const since = caller.agentVoice.mark();
  await caller.say(CALLER_LINE);
  return caller.agentVoice.waitForVoice({ since, timeoutMs: HEARD_WITHIN_MS });
}

/** Processor time of those who work for the call; others are being started meanwhile, to wait for the next one. */
function carrying({ main, inference, calls }: WorkerProcesses): number {
  return [main, ...inference, ...calls].reduce((total, { cpuMs }) => total + cpuMs, 0);
}

/** When the first audio of each reply was sent, on the newest connection. */
async function firstDeltas({ simulator }: BenchPieces): Promise<number[]> {
  const connection = (await simulator.control.connections()).at(-1);
  const events = await simulator.control.events({
    ...(connection && { connection: connection.id }),
    types: ['response.created', 'response.output_audio.delta'],
  });
  return events
    .filter(
      ({ type }, at) => type !== 'response.created' && events[at - 1]?.type === 'response.created',
    )
    .map(({ at }) => at);
}

function lastBefore(moments: readonly number[], at: number): number {
  return moments.findLast((moment) => moment <= at) ?? Number.NaN;
}
