import { errorKind, errorWords } from './error-words.js';
import type { ErrorFigure, Figures, ToolFigure } from './figures.js';
import { briefly, seconds } from './printable.js';

/** The figures of a call, in words for a person; what there is nothing to say about is undefined. */
export function figureRows(figures: Figures): (readonly [string, string | undefined])[] {
  const { error, worker, firstWordMs, tools, errors, peakMemoryMb } = figures;
  return [
    ['why', error === undefined ? figures.detail : errorWords(error)],
    ['room', figures.room],
    [
      'worker',
      worker === undefined
        ? undefined
        : `version ${worker.version} on ${worker.host}, process ${worker.pid}`,
    ],
    ['model', modelWords(figures)],
    ['livekit', outageWords(figures.livekitDownMs)],
    ['first word', firstWordMs === undefined ? undefined : `after ${seconds(firstWordMs)}`],
    ['tools', tools.length === 0 ? undefined : tools.map(toolWords).join('; ')],
    ['errors', errors.length === 0 ? undefined : errors.map(kindWords).join('; ')],
    ['tokens', tokenWords(figures)],
    ['memory', peakMemoryMb === undefined ? undefined : `${peakMemoryMb} MB at most`],
  ];
}

function modelWords(figures: Figures): string | undefined {
  const { model, simulated, modelConnections, modelAttempts, modelRenewals, repliesLost } = figures;
  const outages = outageWords(figures.modelDownMs);
  const words = [
    model === undefined ? '' : `${model}${simulated ? ' (a simulator)' : ''}`,
    modelConnections === undefined ? '' : times(modelConnections, 'connection'),
    modelAttempts === 0 ? '' : `${times(modelAttempts, 'attempt')} to mend a lost one`,
    outages ?? '',
    modelRenewals === 0 ? '' : `renewed ${times(modelRenewals, 'time')} as planned`,
    repliesLost === 0 ? '' : `${times(repliesLost, 'answer')} asked for again`,
  ].filter((part) => part !== '');
  return words.length === 0 ? undefined : words.join(', ');
}

function outageWords(downMs: readonly number[]): string | undefined {
  return downMs.length === 0
    ? undefined
    : `lost and back after ${downMs.map((ms) => briefly(ms)).join(', ')}`;
}

function toolWords({ name, calls, failed, maxMs }: ToolFigure): string {
  const took = maxMs === undefined ? '' : `, ${briefly(maxMs)} at most`;
  return `${name} ${times(calls, 'call')}${failed === 0 ? '' : `, ${failed} failed`}${took}`;
}

function kindWords(error: ErrorFigure): string {
  const recovered = error.recovered ? ', recovered from' : '';
  return `${errorKind(error)} ${times(error.times, 'time')}${recovered}`;
}

function tokenWords({ tokens, costUsd }: Figures): string | undefined {
  const cost = costUsd === undefined ? '' : `, about ${costUsd.toFixed(4)} USD`;
  return tokens === undefined || tokens.in + tokens.out === 0
    ? undefined
    : `${tokens.in} in, ${tokens.out} out${cost}`;
}

function times(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
