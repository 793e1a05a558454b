import type { ConnectionError } from './connection-error.js';
import type { HearingWatchOptions } from './hearing-watch.js';
import type { HeartbeatOptions } from './heartbeat.js';
import type { ReplyWatchOptions } from './reply-watch.js';

/** When an open connection counts as dead. */
export interface SocketOptions {
  readonly heartbeat: HeartbeatOptions;
  readonly hearing: HearingWatchOptions;
  readonly replies: ReplyWatchOptions;
}

/** Who owns a socket. `cause` is undefined when the owner itself has ended it. */
export interface SocketOwner {
  completed(): void;
  /** Somebody waits for a reply, or nobody does any more. Not told at the end of a connection. */
  outstanding(is: boolean): void;
  replyFailed(error: ConnectionError): void;
  /** The service lives, and says nothing of the caller's voice. */
  callerUnheard(): void;
  /** The service hears the caller begin. */
  callerHeard(): void;
  /** The service refuses us for good; the connection is still open. */
  refused(error: ConnectionError): void;
  /** @param replyCut whether a reply was outstanding */
  ended(cause: ConnectionError | undefined, replyCut: boolean): void;
}
