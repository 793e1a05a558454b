import type { Moment } from '../../../../src/calls/timeline.js';
import { duration } from './words.js';

/** What happened, the latest first. */
export function Moments({ moments }: { readonly moments: readonly Moment[] }) {
  return (
    <ol className="moments" tabIndex={0} aria-label="What happened, the latest first">
      {[...moments].reverse().map(({ afterMs, what, text, latencyMs }, position) => (
        <li key={moments.length - position} data-what={what}>
          <code>{(afterMs / 1000).toFixed(1).padStart(6)}</code>
          <span>
            <strong>{what}</strong> {text}
            {latencyMs !== undefined && <small> after {duration(latencyMs)}</small>}
          </span>
        </li>
      ))}
    </ol>
  );
}
