import { useState } from 'react';
import type { Call } from '../call/call.js';
import { Faults } from './faults.js';
import { LiveCall } from './live-call.js';
import { PastCalls } from './past-calls.js';
import { Sockets } from './sockets.js';

interface Props {
  readonly simulator: boolean;
  readonly call: Call | undefined;
}

/** For developers, and so in English only: what the agent does, what breaks it, and what it did before. */
export default function DeveloperPanel({ simulator, call }: Props) {
  const [past, setPast] = useState(false);
  return (
    <aside className="panel" lang="en" aria-label="Developer panel">
      <div className="tabs">
        <button type="button" aria-pressed={!past} onClick={() => setPast(false)}>
          This call
        </button>
        <button type="button" aria-pressed={past} onClick={() => setPast(true)}>
          Past calls
        </button>
      </div>
      {past ? (
        <PastCalls />
      ) : (
        <>
          <LiveCall call={call} />
          {simulator && <Faults />}
          {simulator && <Sockets />}
        </>
      )}
    </aside>
  );
}
