import { useState } from 'react';
import type { FaultButton } from '../../contract.js';
import { post, remove } from '../server.js';
import { useAsked } from './use-asked.js';
import { FAULT_WORDS } from './words.js';

const PATH = '/api/developer/faults';

/** Breaks the simulated model: one sees the call recover, or end with its reason. */
export function Faults() {
  const { answer: faults = [] } = useAsked<readonly FaultButton[]>(PATH);
  const [said, setSaid] = useState('');
  const tell = (asked: Promise<unknown>, done: string): void => {
    asked.then(
      () => setSaid(done),
      (error: unknown) => setSaid(error instanceof Error ? error.message : String(error)),
    );
  };
  const row = (expect: FaultButton['expect'], title: string) => (
    <div className="faults" role="group" aria-label={title}>
      <h3>{title}</h3>
      {faults
        .filter((fault) => fault.expect === expect)
        .map(({ id }) => (
          <button
            key={id}
            type="button"
            className={expect}
            onClick={() => tell(post(PATH, { fault: id }), `${FAULT_WORDS[id] ?? id}: done.`)}
          >
            {FAULT_WORDS[id] ?? id}
          </button>
        ))}
    </div>
  );
  return (
    <section className="box">
      <h2>Break the model</h2>
      {row('recovers', 'The call recovers')}
      {row('ends', 'The call ends, with its reason')}
      <button
        type="button"
        onClick={() => tell(remove(PATH), 'Nothing is broken any more; what was cut stays cut.')}
      >
        Mend everything
      </button>
      <p role="status" className="hint">
        {said}
      </p>
    </section>
  );
}
