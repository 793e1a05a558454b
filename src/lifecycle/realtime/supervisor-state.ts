import { ConnectionError, type GaveUpError } from './connection-error.js';
import type { SupervisedSocket } from './supervised-socket.js';

/**
 * - `idle`: nobody has asked for a connection yet.
 * - `connecting`: an attempt is under way; `waiting`: the pause before one.
 * - `open`: the one connection.
 * - `lost`: the connection is gone, and the plugin has not asked for the next one yet.
 * - `gave-up`, `closed`: nothing is opened any more.
 */
export type SupervisorState =
  | { readonly name: 'idle' }
  | { readonly name: 'connecting'; readonly attempt: number }
  | { readonly name: 'waiting'; readonly attempt: number; readonly delayMs: number }
  | { readonly name: 'open'; readonly socket: SupervisedSocket }
  | { readonly name: 'lost'; readonly cause: ConnectionError | undefined }
  | { readonly name: 'gave-up'; readonly error: GaveUpError }
  | { readonly name: 'closed' };

/** Throws when nothing is opened any more: what the supervisor gave up with, or that it was closed. */
export function requireAlive(state: SupervisorState): void {
  if (state.name === 'gave-up') {
    throw state.error;
  }
  if (state.name === 'closed') {
    throw new ConnectionError('the connection was closed', { category: 'connectivity' });
  }
}

/** A connection is about to be tried again. */
export interface Reconnecting {
  /** 1 is the first try after a stable connection. */
  readonly attempt: number;
  readonly of: number;
  readonly delayMs: number;
  readonly cause: ConnectionError;
}

/** A connection is open after one or more `Reconnecting`. */
export interface Reconnected {
  /** From the loss, or from the first attempt, to the open connection. */
  readonly downMs: number;
}

/** A connection that worked was closed in good time, and another one is open. */
export interface Renewed {
  /** Without a connection; at most this much of what the caller said was held back meanwhile. */
  readonly downMs: number;
  /** Whether nobody was speaking and nothing was going on. */
  readonly isQuiet: boolean;
}

/** Told of everything in order, and before anything is cleaned up. */
export interface SupervisorListener {
  reconnecting(event: Reconnecting): void;
  reconnected(event: Reconnected): void;
  /** `cause` is undefined when the connection was closed on purpose. */
  lost(cause: ConnectionError | undefined, replyCut: boolean): void;
  /** Somebody waits for a reply, or nobody does any more. A reply that is lost with its connection is outstanding. */
  outstanding(is: boolean): void;
  /** A reply was refused, or failed, on a connection that is well; told only while we have not given up. */
  replyFailed(error: ConnectionError): void;
  /** The service lives, and says nothing of the caller's voice. */
  callerUnheard(): void;
  /** The service hears the caller begin. */
  callerHeard(): void;
  /** Once, and nothing after it. */
  gaveUp(error: GaveUpError): void;
}
