import { createHmac } from 'node:crypto';
import { sign, verify } from 'hono/jwt';
import { z } from 'zod';

/** Longer than any call: coming back is the agent's to allow. */
const VALID_S = 24 * 60 * 60;

const claims = z.object({
  room: z.string(),
  identity: z.string(),
  name: z.string(),
  metadata: z.string(),
  exp: z.number(),
});

/** Whose call it is. */
export type Seat = Omit<z.output<typeof claims>, 'exp'>;

/**
 * Proves to this server, also after it was started anew, that a caller was given a seat in a call. It is no token of
 * LiveKit's: its key is another one, made from the secret.
 */
export class Passes {
  readonly #key: string;

  constructor(apiSecret: string) {
    this.#key = createHmac('sha256', apiSecret).update('a pass of the page').digest('hex');
  }

  issue(seat: Seat): Promise<string> {
    return sign({ ...seat, exp: Math.floor(Date.now() / 1000) + VALID_S }, this.#key, 'HS256');
  }

  /** The seat, or null when the pass is none of ours or too old. */
  async read(pass: string): Promise<Seat | null> {
    const payload: unknown = await verify(pass, this.#key, 'HS256').catch(() => null);
    const parsed = claims.safeParse(payload);
    if (!parsed.success) {
      return null;
    }
    const { room, identity, name, metadata } = parsed.data;
    return { room, identity, name, metadata };
  }
}
