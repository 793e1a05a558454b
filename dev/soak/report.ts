import { machineFacts } from '../bench/machine.js';
import { lineChart, type Series } from '../bench/svg/lines.js';
import type { ReconnectRun } from './reconnects.js';
import type { Slope, SoakResult, SoakRuns } from './result.js';

/** The slopes and what is wrong, for a terminal. */
export function soakSummary({ slopes, problems, ok }: SoakResult): string {
  return [
    ...slopes.map((slope) => `${mark(slope)} ${inWords(slope)}`),
    ...problems.map((problem) => `RED  ${problem}`),
    ok ? 'Nothing grows more than it may, and nothing is left behind.' : 'NOT well: see above.',
  ].join('\n');
}

/** Everything that is written into docs/, by the file's name. */
export function soakDocs(result: SoakResult, { calls, cut }: SoakRuns): Record<string, unknown> {
  return {
    'soak.md': soakDocument(result),
    'soak.json': result,
    ...(cut && { 'soak-reconnects.svg': reconnectsPicture(cut) }),
    ...(calls && { 'soak-calls.svg': callsPicture(calls.samples) }),
  };
}

export function reconnectsPicture({ samples }: Pick<ReconnectRun, 'samples'>): string {
  const series = (label: string, read: (sample: (typeof samples)[number]) => number): Series => ({
    label,
    points: samples.map((sample) => ({ x: sample.reconnects, y: read(sample) })),
  });
  return lineChart({
    title: 'Memory of one call while its connection is cut again and again',
    note: 'Each cut comes after a completed reply; the heap is measured after a collection.',
    xLabel: 'reconnects',
    yLabel: 'MB',
    series: [
      series('heap and buffers in use', ({ heapMb, externalMb }) => heapMb + externalMb),
      series('resident memory of the process', ({ rssMb }) => rssMb),
    ],
  });
}

export function callsPicture(
  samples: readonly { readonly calls: number; readonly heapMb: number; readonly rssMb: number }[],
): string {
  return lineChart({
    title: 'Memory of the worker, call after call',
    note: 'Half of the calls one after another, the others several at once; the heap is measured after a collection.',
    xLabel: 'calls',
    yLabel: 'MB',
    series: [
      {
        label: 'heap in use',
        points: samples.map(({ calls, heapMb }) => ({ x: calls, y: heapMb })),
      },
      {
        label: 'resident memory',
        points: samples.map(({ calls, rssMb }) => ({ x: calls, y: rssMb })),
      },
    ],
  });
}

function soakDocument(result: SoakResult): string {
  const { calls, reconnects, slopes, problems } = result;
  const machine = machineFacts();
  const rows = slopes.map(
    ({ what, kb, limitKb, points, ok }) =>
      `| ${what} | ${kb.value.toFixed(1)} | ${kb.low.toFixed(1)} to ${kb.high.toFixed(1)} | ${limitKb} | ${points} | ${ok ? 'yes' : 'NO'} |`,
  );
  return `${[
    '# Soak',
    `Written by \`npm run soak\`: ${calls?.held ?? 0} calls on one worker (half one after another), and one call whose connection to ` +
      `the model was cut ${reconnects?.times ?? 0} times, each time after a completed reply. A real LiveKit server, a caller who ` +
      'hears, a simulator in place of the model’s service. The call that is cut has wider bounds than usual, which would have ended ' +
      'it after 30 connections in ten minutes ([soak-agent.ts](../dev/soak/soak-agent.ts)).',
    '![Memory of one call while its connection is cut](soak-reconnects.svg)',
    '![Memory of the worker, call after call](soak-calls.svg)',
    '## What one more costs',
    'Kilobytes, as the slope of a line through the samples after a warm-up of a fifth, with the interval that holds the true slope in ' +
      '95 of 100 cases. The heap is measured after a collection. A run fails when the whole interval is above the limit.',
    ['| | slope | 95 % | limit | samples | kept |', '|---|---|---|---|---|---|', ...rows].join(
      '\n',
    ),
    'A reconnect comes with a reply, whose words stay in the conversation and are given to each new connection; a minute of the call ' +
      'that is not cut has some ninety replies. So none of these is expected to be zero.',
    problems.length === 0
      ? 'No process and no connection was left, and no call ever had two connections.'
      : problems.join(' '),
    '## What it found',
    'The framework (agents and plugin-openai 1.9.0) keeps all of the caller’s audio in memory, twice, for as long as a call lasts: in ' +
      'branches of the microphone’s stream that nobody reads, and in the events already sent on a connection. Together about 10 MB a ' +
      'minute. This agent lets go of both ([unread-audio.ts](../src/lifecycle/unread-audio.ts), ' +
      '[audio-lane.ts](../src/lifecycle/realtime/audio-lane.ts)).',
    '## The machine',
    `${machine.cores} cores (${machine.cpu}), Node ${machine.node}, ${machine.measuredAt}. The calls took ` +
      `${seconds(calls?.tookMs)} s, the reconnects ${seconds(reconnects?.tookMs)} s.`,
  ].join('\n\n')}\n`;
}

function mark({ judged, ok }: Slope): string {
  return judged ? (ok ? ' ok ' : 'RED ') : '  ? ';
}

function inWords({ what, kb, limitKb, judged }: Slope): string {
  const limit = judged ? `at most ${limitKb}` : 'too short a run to judge';
  return `${what}: ${kb.value.toFixed(1)} KB (${kb.low.toFixed(1)} to ${kb.high.toFixed(1)}), ${limit}`;
}

function seconds(ms = 0): number {
  return Math.round(ms / 1000);
}
