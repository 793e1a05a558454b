import { figure, percent, type CapacityResult, type CapacityStep } from './result.js';
import { GAP_MS } from './reply-meter.js';
import { coresPerCall } from './sizing.js';
import { PARTS, type Part } from './usage.js';

/** docs/capacity.md: the figure, how it was found, and what follows for other machines. */
export function capacityDocument(result: CapacityResult): string {
  const { machine, limits } = result;
  return `${[
    '# Capacity',
    `Written by \`npm run capacity\`. **${figure(result)}** LiveKit, the simulator in place of the model’s service, the worker and the ` +
      'callers all ran on it. What the agent alone needs stands [below](#sizing).',
    '## How it was measured',
    'Callers join one after another; each asks, hears an answer of one sentence, and asks again at once, so the agent speaks more than ' +
      'half of the time: more than in an interview. When the processes for the next calls have started, all are listened to for a while. ' +
      'The sentence has no pause in it. So a silence in it is a **gap**: when it is more than ' +
      `${GAP_MS} ms longer than the longest in the sentence itself. What LiveKit’s client makes up because a packet came too late ` +
      'counts as lost, too, as do words that are missing.',
    `A step is too much when more than ${percent(limits.lostShare)} of the agent’s speech is lost, when the 95th percentile from the ` +
      `caller’s last sound to the agent’s first passes ${limits.turnMs} ms, or when a call fails. Of that time the service’s turn ` +
      'detection waits 800 ms (`VAD_SILENCE`), and the simulated model thinks for 400 ms.',
    steps(result.steps),
    'Times are medians; in brackets the 95th percentile. *While joining* is what was lost while callers joined and processes started: it ' +
      'is told, and not judged. *Stood still* is the longest time that an event loop did not move: of the calls, and of the process with all callers.',
    ...problems(result.steps),
    '## Who needs the processor',
    'In cores: 0.50 is half of one. *Machine* is what was used of all cores, whoever did.',
    processor(result.steps),
    '## Who needs the memory',
    'Megabytes, as the proportional set size, which adds up; a call’s resident size in brackets. Medians.',
    memory(result.steps),
    '## Sizing',
    ...sizingTable(result),
    '## The machine',
    `${machine['cores']} cores (${machine['cpu']}), ${machine['memoryGb']} GB, ${machine['platform']}, Node ${machine['node']}, load ` +
      `${machine['loadBefore']} before the start, ${machine['measuredAt']}. Turn detection by the service (\`TURN_DETECTION=server_vad\`); ` +
      'with `local` a call needs more of both.',
  ].join('\n\n')}\n`;
}

function steps(all: readonly CapacityStep[]): string {
  return table(
    [
      'calls',
      'lost',
      'of it gaps / made up',
      'gaps, longest',
      'while joining',
      'caller’s last sound → answer',
      'join → first word',
      'stood still: calls / callers',
    ],
    all.map((step) => [
      String(step.calls),
      `${percent(step.gapShare + step.concealedShare)}${step.ok ? '' : ' **too much**'}`,
      `${percent(step.gapShare)} / ${percent(step.concealedShare)}`,
      `${step.gaps}, ${Math.round(step.longestGapMs)} ms`,
      percent(step.gapShareWhileJoining),
      `${milliseconds(step.turnMs.median)} (${milliseconds(step.turnP95Ms)})`,
      milliseconds(step.firstWordMs.median),
      `${milliseconds(step.callLoopDelayMs ?? Number.NaN)} / ${milliseconds(step.ownLoopDelayMs)}`,
    ]),
  );
}

function problems(all: readonly CapacityStep[]): string[] {
  const found = all.flatMap((step) => step.problems.map((one) => `- ${step.calls} calls: ${one}`));
  return found.length === 0 ? [] : [found.join('\n')];
}

const WORDS: Readonly<Record<Part, string>> = {
  worker: 'worker',
  calls: 'calls',
  idle: 'waiting processes',
  livekit: 'LiveKit',
  simulator: 'simulator',
  callers: 'callers',
};

function processor(all: readonly CapacityStep[]): string {
  return table(
    ['calls', ...PARTS.map((part) => WORDS[part]), 'machine'],
    all.map(({ calls, usage }) => [
      String(calls),
      ...PARTS.map((part) => usage.cores[part].toFixed(2)),
      `${Math.round(usage.machineShare * 100)} %`,
    ]),
  );
}

function memory(all: readonly CapacityStep[]): string {
  return table(
    ['calls', 'worker', 'one waiting process', 'one call'],
    all.map(({ calls, memory: { workerMb, idleMb, callMb, callRssMb } }) => [
      String(calls),
      String(Math.round(workerMb)),
      String(Math.round(idleMb)),
      `${Math.round(callMb.median)} (${Math.round(callRssMb.median)})`,
    ]),
  );
}

function sizingTable({ sizing, steps: all }: CapacityResult): string[] {
  if (sizing.length === 0) {
    return ['Nothing can be said: no step was within the limits.'];
  }
  const perCall = coresPerCall(all.filter(({ ok }) => ok));
  return [
    `Calculated, not measured: for a machine or container that runs the agent and nothing else. A call takes ${perCall.toFixed(2)} cores of ` +
      'the agent (median of the steps within the limits); six tenths of the cores are planned with, as a call that begins takes a second of one ' +
      'for its process. Memory is what was measured and 45 MB for each call of three quarters of an hour; the limit has a quarter more.',
    table(
      ['cores', '`MAX_CALLS`', 'memory used', '`mem_limit`'],
      sizing.map(({ cores, maxCalls, memoryMb, limitMb }) => [
        String(cores),
        String(maxCalls),
        `${memoryMb} MB`,
        `${limitMb}m`,
      ]),
    ),
    'LiveKit itself is counted separately; see the column above for what its share was.',
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function milliseconds(value: number): string {
  return Number.isFinite(value) ? `${Math.round(value)} ms` : '–';
}
