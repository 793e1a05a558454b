import { z } from 'zod';
import type { ErrorBody } from '../protocol/errors.js';
import type { IncompleteReason } from '../protocol/server-events.js';

/** Takes back what a fault did to a connection; called when faults are cleared or the connection closes. */
export type Undo = () => void;

/** What can go wrong before the socket is open. */
export type HandshakeTrouble =
  | {
      readonly kind: 'reject';
      readonly status: number;
      readonly error: ErrorBody;
      readonly retryAfterSeconds?: number | undefined;
    }
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'delay'; readonly ms: number }
  | {
      readonly kind: 'raw';
      /** Written one after the other, `everyMs` apart. */
      readonly parts: readonly string[];
      readonly everyMs?: number;
      /** `repeat`: the last part is written again and again. */
      readonly then: 'end' | 'hang' | 'repeat';
    };

/** What can go wrong with one reply. `afterAudioMs` counts the audio sent in it. */
export type ReplyTrouble =
  | { readonly kind: 'refuse'; readonly error: ErrorBody }
  | { readonly kind: 'ignore' }
  | { readonly kind: 'fail'; readonly error: ErrorBody }
  | { readonly kind: 'stall'; readonly afterAudioMs: number }
  | { readonly kind: 'drop'; readonly afterAudioMs: number }
  | {
      readonly kind: 'incomplete';
      readonly reason: IncompleteReason;
      readonly afterAudioMs: number;
    };

/** An open connection, as a fault may handle it. */
export interface FaultTarget {
  /** Sends an `error` event. */
  sendError(error: ErrorBody): void;
  /** Sends a frame as it is: text for a string, else binary. */
  sendFrame(frame: string | Buffer): void;
  /** Writes bytes past all framing. */
  sendBytes(bytes: Buffer): void;
  /** Closes with a closing handshake. */
  close(code: number, reason: string): void;
  /** Cuts the connection. */
  terminate(): void;
  /** Cuts it with a reset. */
  reset(): void;
  /** Stops reading, so that pings stay unanswered too. */
  freeze(): Undo;
  /** Goes on reading, but handles and sends nothing. */
  mute(): Undo;
  /** Keeps everything that is to be sent, until undone. */
  holdOutput(): Undo;
  /** Never sends events of these types. */
  withhold(types: readonly string[]): Undo;
  /** Takes no notice of client events of these types: of the next `times`, or of all. */
  overlook(types: readonly string[], times?: number): Undo;
  /** Gives the next `times` replies this trouble; all of them when `times` is absent. */
  troubleReplies(trouble: ReplyTrouble, times: number | undefined): Undo;
  /** Sends other events in place of those of these types. */
  alter(types: readonly string[], change: (event: object) => readonly object[]): Undo;
  /** Does something later, unless the connection closes or the fault is cleared before. */
  later(ms: number, act: () => void): Undo;
}

/** A fault that cannot be started; the message says what to change. */
export class FaultError extends Error {
  override readonly name = 'FaultError';
}

/** What a fault does. */
export interface FaultHooks {
  readonly handshake?: HandshakeTrouble;
  /** Called before the first event of a new connection, or at once for one that is open. */
  readonly start?: (target: FaultTarget) => Undo;
}

export interface Fault<Name extends string = string, Params extends z.ZodRawShape = z.ZodRawShape> {
  readonly name: Name;
  /** One line for whoever looks for a fault. */
  readonly about: string;
  readonly params: Params;
  /** Checks the parameters. @throws FaultError when they are wrong. */
  prepare(params: unknown): FaultHooks;
}

/** Makes a fault out of its name, its parameters as zod types, and what it does with them. */
export function defineFault<const Name extends string, Params extends z.ZodRawShape>(definition: {
  readonly name: Name;
  readonly about: string;
  readonly params: Params;
  readonly hooks: (params: z.output<z.ZodObject<Params>>) => FaultHooks;
}): Fault<Name, Params> {
  const { name, about, params, hooks } = definition;
  const schema = z.strictObject(params);
  const prepare = (given: unknown): FaultHooks => {
    const parsed = schema.safeParse(given);
    if (!parsed.success) {
      throw new FaultError(`${name}: ${z.prettifyError(parsed.error)}`);
    }
    return hooks(parsed.data);
  };
  return { name, about, params, prepare };
}

/** Parameters that several families share. */
export const afterMs = z.int().min(0).default(0);
export const afterAudioMs = z.int().min(0).default(400);
/** How many replies; all when absent. */
export const replies = z.int().min(1).optional();
