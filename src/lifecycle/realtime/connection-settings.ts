import { ConnectionBudget } from './connection-budget.js';
import { DEFAULT_HEARTBEAT } from './heartbeat.js';
import { DEFAULT_OPENING, type OpeningLimits } from './open-connection.js';
import { DEFAULT_HEARING_WATCH } from './hearing-watch.js';
import type { RenewalOptions } from './planned-renewal.js';
import { exponentialBackoff, type ReconnectPolicy } from './reconnect-policy.js';
import { DEFAULT_REPLY_WATCH } from './reply-watch.js';
import type { SocketOptions } from './socket-owner.js';

/** How the connection of one call is opened, watched and opened again. Made anew for each call: a budget counts. */
export interface ConnectionSettings {
  readonly policy: ReconnectPolicy;
  readonly budget: ConnectionBudget;
  readonly opening: OpeningLimits;
  readonly socket: SocketOptions;
  /** A connection this old counts as stable, also when nobody has said anything on it. */
  readonly stableMs: number;
  /** So many replies in a row that were refused or failed, and the model is unavailable. */
  readonly failedRepliesInARow: number;
  /** When connections that work are renewed; by default as follows from the longest a session may live. */
  readonly renewal?: RenewalOptions;
}

export function connectionSettings(changes: Partial<ConnectionSettings> = {}): ConnectionSettings {
  return {
    policy: exponentialBackoff(),
    budget: new ConnectionBudget(),
    opening: DEFAULT_OPENING,
    socket: {
      heartbeat: DEFAULT_HEARTBEAT,
      hearing: DEFAULT_HEARING_WATCH,
      replies: DEFAULT_REPLY_WATCH,
    },
    stableMs: 15_000,
    failedRepliesInARow: 4,
    ...changes,
  };
}
