import type { PanelEntry } from '../../../../src/telemetry/panel/message.js';
import { duration } from './words.js';

/** The states of the lifecycle, one after the other, as long as they took. */
export function StateBar({ entries }: { readonly entries: readonly PanelEntry[] }) {
  const states = entries.filter((entry) => entry.type === 'state');
  const endMs = Math.max(...entries.map(({ at }) => Date.parse(at)));
  return (
    <ol className="states" aria-label="States of the call">
      {states.map(({ seq, at, state, detail }, position) => {
        const tookMs =
          Math.max(0, Date.parse(states[position + 1]?.at ?? '') || endMs) - Date.parse(at);
        return (
          <li
            key={seq}
            className={state}
            // The root: a long one must leave room for the short ones.
            style={{ flexGrow: Math.sqrt(Math.max(1, tookMs)) }}
            title={detail === undefined ? state : `${state}: ${detail}`}
          >
            <span>{state}</span>
            <small>{duration(tookMs)}</small>
          </li>
        );
      })}
    </ol>
  );
}
