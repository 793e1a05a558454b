import type { ConnectionError, GaveUpError } from './connection-error.js';
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
  lost(cause: ConnectionError | undefined): void;
  /** Once, and nothing after it. */
  gaveUp(error: GaveUpError): void;
}
