import type { BenchResult } from '../result.js';
import { comparisonRows, inWords, ratioInWords, verdict } from './rows.js';

/** docs/benchmarks.md: how it was measured, what was found, and what a reader may make of it. */
export function benchDocument(result: BenchResult): string {
  const { machine } = result;
  return `${[
    '# Benchmarks',
    'Written by `npm run bench`. This agent beside [a bare one](../dev/fault-matrix/bare-agent.ts) that is written the way LiveKit’s ' +
      'documentation shows, in one run: the same LiveKit server, the same simulator in place of the model’s service (300 ms ' +
      'handshake, 400 ms to the first audio), the same greeting and replies, the same caller, each with warm processes (`start`), in turn.',
    '![This agent beside a bare one](benchmarks.svg)',
    comparison(result),
    'Medians, in brackets the middle half of the values; ratios of medians, in brackets the interval that holds the true one in 95 of ' +
      '100 cases (bootstrap). Memory is the proportional set size, which adds up over processes.',
    '## Join to first word',
    'Median milliseconds from the moment the caller begins to join. *First word* is when the caller’s ear has it, without the pause ' +
      'with which the synthesised greeting begins.',
    steps(result),
    'Handshake and first audio, 700 ms, are the same for both. What is in our hands is the rest: the door of the model is knocked at first, ' +
      'the room is joined while it opens, and an idle process has rehearsed the joining. 0.6 would take a connection that every idle process ' +
      'holds open before there is a call; one refused key would then be many refused connections.',
    '## Where the memory is',
    'Median megabytes of one process: resident, proportional, private.',
    memory(result),
    'The framework starts an inference process for a turn detector that is never asked when the model’s service finds the turns; this ' +
      'agent does not start it then ([inference-process.ts](../src/session/inference-process.ts)). Its job processes keep a small young ' +
      'generation ([job-memory.ts](../src/worker/job-memory.ts)). What is left of a call is, for the most part, the framework itself: ' +
      'importing it takes some 80 MB.',
    '## After a cut',
    `The connection to the model is cut while nobody speaks. *Open again* is a new connection that has taken over the settings. The ` +
      `caller then says something at once; an answer was heard in ${result.answeredAfterCut.ours} calls of this agent, and in ` +
      `${result.answeredAfterCut.bare} of the bare one.`,
    '## The machine',
    `${machine['cores']} cores (${machine['cpu']}), ${machine['memoryGb']} GB, ${machine['platform']}, Node ${machine['node']}, ` +
      `load ${machine['loadAverage']} at the end, ${machine['measuredAt']}. All of it ran on it: server, simulator, workers and ` +
      'caller. On few cores the first second of a call is processor time, not waiting, so expect other ratios elsewhere.',
  ].join('\n\n')}\n`;
}

function comparison(result: BenchResult): string {
  const lines = comparisonRows(result).map((row) => {
    const { ours, bare, ratio } = row.compared;
    return `| ${row.title}, ${row.unit} | ${inWords(ours)} | ${inWords(bare)} | ${ratioInWords(ratio)} | ${verdict(row)} |`;
  });
  return ['| | this agent | bare agent | ratio | goal |', '|---|---|---|---|---|', ...lines].join(
    '\n',
  );
}

const STEPS = {
  joinedMs: 'caller in the room',
  connectionAskedMs: 'connection to the model asked for',
  connectionOpenMs: 'connection open',
  greetingAskedMs: 'greeting asked for',
  firstDeltaMs: 'first audio sent by the model',
  firstWordMs: 'first word heard',
} as const;

function steps({ firstWordSteps: { ours, bare } }: BenchResult): string {
  const lines = Object.entries(STEPS).map(
    ([step, words]) => `| ${words} | ${ours[step] ?? '–'} | ${bare[step] ?? '–'} |`,
  );
  return ['| | this agent | bare agent |', '|---|---|---|', ...lines].join('\n');
}

const KINDS = {
  main: 'worker',
  inference: 'inference process',
  idle: 'idle process',
  calls: 'process with a call',
} as const;

function memory({ memory: { ours, bare } }: BenchResult): string {
  const cell = (sample: BenchResult['memory']['ours'][string] | undefined): string =>
    sample === undefined || sample.rssMb === 0
      ? 'none'
      : `${sample.rssMb} / ${sample.pssMb} / ${sample.privateMb}`;
  const lines = Object.entries(KINDS).map(
    ([kind, words]) => `| ${words} | ${cell(ours[kind])} | ${cell(bare[kind])} |`,
  );
  return ['| | this agent | bare agent |', '|---|---|---|', ...lines].join('\n');
}
