import type { z } from 'zod';
import { alteredFaults } from './altered.js';
import { byteFaults } from './bytes.js';
import { endingFaults } from './endings.js';
import { errorEventFaults } from './error-events.js';
import type { Fault } from './fault.js';
import { frameFaults } from './frames.js';
import { handshakeFaults } from './handshake.js';
import { replyFaults } from './replies.js';
import type { FaultScope } from './scope.js';
import { silenceFaults } from './silence.js';

/** Every fault there is. */
export const faultCatalogue = [
  ...handshakeFaults,
  ...silenceFaults,
  ...endingFaults,
  ...errorEventFaults,
  ...frameFaults,
  ...replyFaults,
  ...alteredFaults,
  ...byteFaults,
] as const;

type RequestOf<One> =
  One extends Fault<infer Name, infer Params>
    ? { readonly fault: Name } & FaultScope & ParamsOf<Params>
    : never;
/** zod gives an object without keys a type that no object with a key has. */
type ParamsOf<Params extends z.ZodRawShape> = keyof Params extends never
  ? unknown
  : z.input<z.ZodObject<Params>>;

/** A fault with its parameters, and the connections it is for. */
export type FaultRequest = RequestOf<(typeof faultCatalogue)[number]>;
