import type { ConnectionError, GaveUpError } from './connection-error.js';
import { connectionSettings, type ConnectionSettings } from './connection-settings.js';
import { PROVIDER_CAP_MS } from './planned-renewal.js';
import type { Reconnected, Reconnecting, Renewed } from './supervisor-state.js';

/** What a call wants to know of its connection. */
export interface ConnectionListener {
  reconnecting(event: Reconnecting): void;
  reconnected(event: Reconnected): void;
  /** A connection was renewed before the service would have ended it; nothing was wrong. */
  renewed(event: Renewed): void;
  /** Somebody waits for a reply, or nobody does any more. */
  replyOutstanding(is: boolean): void;
  /** A reply was refused, or failed. Nobody asks for it again, unless this listener does. */
  replyFailed(error: ConnectionError): void;
  /** A reply was lost with its connection; now there is another one, and nobody else asks again. */
  replyLost(cause: ConnectionError): void;
  /** Once; at this moment nothing has been cleaned up yet. */
  gaveUp(error: GaveUpError): void;
}

export interface GuardOptions {
  readonly settings: ConnectionSettings;
  readonly listener?: Partial<ConnectionListener>;
  /** By when a connection is renewed. */
  readonly maxSessionMs: number;
  /** How long nobody has been speaking and nothing was going on, in milliseconds. */
  readonly quietForMs?: () => number;
}

const optionsOf = new WeakMap<object, GuardOptions>();

/** Options for the sessions of a model: upstream's constructor uses them before a subclass has any field. */
export function useOptions(model: object, options: GuardOptions): void {
  optionsOf.set(model, options);
}

export function optionsFor(model: object): GuardOptions {
  return optionsOf.get(model) ?? { settings: connectionSettings(), maxSessionMs: PROVIDER_CAP_MS };
}
