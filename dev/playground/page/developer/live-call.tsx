import { useSyncExternalStore } from 'react';
import { timeline } from '../../../../src/calls/timeline.js';
import { waitsOf } from '../../../../src/calls/waits.js';
import type { PanelEntry } from '../../../../src/telemetry/panel/message.js';
import type { Call } from '../call/call.js';
import { Moments } from './moments.js';
import { StateBar } from './state-bar.js';
import { usePanelEntries } from './use-panel-entries.js';
import { duration } from './words.js';

/** What the agent tells of the call that is going on. */
export function LiveCall({ call }: { readonly call: Call | undefined }) {
  const entries = usePanelEntries(call);
  const moments = timeline(entries);
  return (
    <section className="box">
      <h2>Lifecycle</h2>
      {call === undefined || entries.length === 0 ? (
        <p className="hint">Start a call: what the agent does shows up here.</p>
      ) : (
        <>
          <StateBar entries={entries} />
          <Figures entries={entries} call={call} />
          <Moments moments={moments} />
        </>
      )}
    </section>
  );
}

function Figures({
  entries,
  call,
}: {
  readonly entries: readonly PanelEntry[];
  readonly call: Call;
}) {
  const { attributes } = useSyncExternalStore(call.subscribe, () => call.view);
  const waits = waitsOf(entries).answers.map(({ latencyMs }) => latencyMs);
  const sorted = [...waits].sort((a, b) => a - b);
  const last = waits.at(-1);
  const attempt = entries.findLast((entry) => entry.type === 'reconnecting');
  const mended = entries.findLast((entry) => entry.type === 'reconnected');
  const isMended = (mended?.seq ?? 0) > (attempt?.seq ?? 0);
  const errors = entries.filter(({ type }) => type === 'error').length;
  const figures: readonly (readonly [string, string])[] = [
    ['State', attributes['call.state'] ?? '–'],
    ['Trouble', attributes['call.trouble'] ?? 'none'],
    ['Last answer after', last === undefined ? '–' : duration(last)],
    ['Median', median(sorted)],
    [
      'Attempts',
      attempt === undefined
        ? 'none'
        : isMended
          ? `mended at ${attempt.attempt} of ${attempt.of}`
          : `${attempt.attempt} of ${attempt.of}, ${attempt.of - attempt.attempt} left`,
    ],
    ['Errors', String(errors)],
  ];
  return (
    <dl className="figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function median(sorted: readonly number[]): string {
  const middle = sorted[Math.floor(sorted.length / 2)];
  return middle === undefined ? '–' : duration(middle);
}
