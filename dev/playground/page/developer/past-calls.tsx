import { useState } from 'react';
import type { PastCall, PastCallDetails } from '../../contract.js';
import { Moments } from './moments.js';
import { useAsked } from './use-asked.js';
import { duration } from './words.js';

const PATH = '/api/developer/calls';
const EVERY_MS = 3000;

/** Calls that were held, and one of them in detail. */
export function PastCalls() {
  const { answer: calls } = useAsked<readonly PastCall[]>(PATH, EVERY_MS);
  const [chosen, setChosen] = useState<string>();
  if (chosen !== undefined) {
    return <Details callId={chosen} onBack={() => setChosen(undefined)} />;
  }
  return (
    <section className="box">
      <h2>Past calls</h2>
      {calls?.length === 0 && <p className="hint">None yet.</p>}
      <ul className="calls">
        {calls?.map((call) => (
          <li key={call.callId}>
            <button type="button" onClick={() => setChosen(call.callId)}>
              <strong className={call.outcome ?? ''}>
                {call.status === 'finished' ? call.outcome : call.status}
              </strong>
              <span>{call.interview}</span>
              <small>{when(call)}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Details({ callId, onBack }: { readonly callId: string; readonly onBack: () => void }) {
  const { answer } = useAsked<PastCallDetails>(`${PATH}/${encodeURIComponent(callId)}`, EVERY_MS);
  const latency = answer?.latency ?? null;
  return (
    <section className="box">
      <button type="button" className="quiet" onClick={onBack}>
        ← All calls
      </button>
      {answer !== undefined && (
        <>
          <h2>{answer.call.outcome ?? answer.call.status}</h2>
          <p className="hint">
            {when(answer.call)} · <code>{callId}</code>
          </p>
          {latency !== null && (
            <p className="hint">
              {latency.answers} answers, after {duration(latency.medianMs)} in the middle and{' '}
              {duration(latency.maxMs)} at most
            </p>
          )}
          <Text title="Report" text={answer.report} />
          <Text title="Transcript" text={answer.transcript} />
          <h3>Timeline</h3>
          <Moments moments={answer.timeline} />
        </>
      )}
    </section>
  );
}

function Text({ title, text }: { readonly title: string; readonly text: string | null }) {
  return (
    <details open={title === 'Report'}>
      <summary>{title}</summary>
      {text === null ? (
        <p className="hint">There is none yet.</p>
      ) : (
        <pre tabIndex={0} aria-label={title}>
          {text}
        </pre>
      )}
    </details>
  );
}

function when({ startedAt, durationMs }: PastCall): string {
  const started = startedAt === null ? '' : new Date(startedAt).toLocaleString('en-GB');
  return durationMs === null ? started : `${started}, ${duration(durationMs)}`;
}
