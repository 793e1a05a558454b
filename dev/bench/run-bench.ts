import type { BenchArgs, Section } from './args.js';
import { measureConversation, type Conversation } from './measure/conversation.js';
import { measureFirstWord, type FirstWord } from './measure/first-word.js';
import { measureFurtherCalls } from './measure/further-calls.js';
import { startBench, type BenchPieces } from './pieces.js';
import type { Subject, SubjectName, WorkerProcesses } from './subject.js';

/** Everything that was measured of one agent, in the order of measuring. The n-th of both were measured one after the other. */
export interface Measured {
  readonly firstWords: FirstWord[];
  readonly conversations: Conversation[];
  readonly furtherCalls: WorkerProcesses[];
}

export type BothMeasured = Readonly<Record<SubjectName, Measured>>;

/** How often each thing is measured, of each agent. */
interface Repetitions {
  readonly firstWords: number;
  readonly conversations: number;
  readonly turns: number;
  readonly furtherCalls: number;
}

const WHOLE: Repetitions = { firstWords: 10, conversations: 2, turns: 12, furtherCalls: 1 };
const QUICK: Repetitions = { firstWords: 2, conversations: 1, turns: 3, furtherCalls: 1 };
/** As many calls as ours takes by default, less one. */
const CALLS_AT_ONCE = 3;

/** Measures both agents in turn, so that whatever else the machine does is done to both. */
export async function runBench(
  { quick, only, entry }: BenchArgs,
  say: (message: string) => void,
  signal?: AbortSignal,
): Promise<BothMeasured> {
  const times = quick ? QUICK : WHOLE;
  const measured = { ours: nothingYet(), bare: nothingYet() };
  say('Starting LiveKit, the simulator and both workers …');
  await using pieces = await startBench({ entry, say, signal });

  const inTurn = async (
    section: Section,
    rounds: number,
    measure: (subject: Subject) => Promise<string>,
  ): Promise<void> => {
    for (let round = 1; only.includes(section) && round <= rounds; round += 1) {
      for (const subject of inOrder(pieces, round)) {
        signal?.throwIfAborted();
        await subject.settle(signal);
        // One that fails, as a call may on a busy machine, is said and left out; the others count.
        const found = await measure(subject).catch((error: unknown) => `failed: ${String(error)}`);
        say(`${section} ${round}/${rounds}, ${subject.name}: ${found}`);
      }
    }
  };
  await inTurn('first-word', times.firstWords, async (subject) => {
    const found = await measureFirstWord(pieces, subject);
    measured[subject.name].firstWords.push(found);
    return `${Math.round(found.firstWordMs)} ms`;
  });
  await inTurn('conversation', times.conversations, async (subject) => {
    const found = await measureConversation(pieces, subject, times.turns);
    measured[subject.name].conversations.push(found);
    return `${found.heardMs.length} replies, ${Math.round(found.cpuMsPerMinute)} ms of CPU a minute`;
  });
  await inTurn('further-calls', times.furtherCalls, async (subject) => {
    const found = await measureFurtherCalls(pieces, subject, CALLS_AT_ONCE);
    measured[subject.name].furtherCalls.push(found);
    return `${found.calls.map(({ memory }) => Math.round(memory.pssMb)).join(', ')} MB`;
  });
  return measured;
}

/** Who comes first changes, so that neither always finds the machine as the other left it. */
function inOrder({ ours, bare }: BenchPieces, round: number): readonly Subject[] {
  return round % 2 === 1 ? [ours, bare] : [bare, ours];
}

function nothingYet(): Measured {
  return { firstWords: [], conversations: [], furtherCalls: [] };
}
