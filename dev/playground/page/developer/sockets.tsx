import type { ModelSocket } from '../../contract.js';
import { useAsked } from './use-asked.js';
import { duration } from './words.js';

const SHOWN = 6;

/** The connections to the simulated model, the newest first. One call has one at most. */
export function Sockets() {
  const { answer: sockets = [] } = useAsked<readonly ModelSocket[]>('/api/developer/sockets', 1000);
  const open = sockets.filter(isOpen).length;
  return (
    <section className="box">
      <h2>
        Model sockets <small>{open} open</small>
      </h2>
      <ul className="sockets">
        {sockets
          .slice(-SHOWN)
          .reverse()
          .map((socket) => (
            <li key={socket.id} className={isOpen(socket) ? 'open' : ''}>
              <code>{new Date(socket.askedAt).toLocaleTimeString('en-GB')}</code> {fate(socket)}
            </li>
          ))}
      </ul>
    </section>
  );
}

function isOpen({ openedAt, closedAt }: ModelSocket): boolean {
  return openedAt !== null && closedAt === null;
}

function fate({ openedAt, closedAt, refusedWith, closeCode, closedBy }: ModelSocket): string {
  if (refusedWith !== null) {
    return `refused with ${refusedWith}`;
  }
  if (openedAt === null) {
    return closedAt === null ? 'opening …' : 'never opened';
  }
  if (closedAt === null) {
    return `open for ${duration(Date.now() - openedAt)}`;
  }
  const code = closeCode === null ? '' : ` ${closeCode}`;
  return `${duration(closedAt - openedAt)}, closed${code} by the ${closedBy ?? 'network'}`;
}
