import { join } from 'node:path';
import { z } from 'zod';
import { CALL_FILES } from '../call-folder.js';
import { readIfThere, writeWhole } from '../files.js';

/** Where records are delivered to. Each has its own state, and waits for no other. */
export const TARGETS = ['webhook', 's3'] as const;
export type TargetName = (typeof TARGETS)[number];

const attempts = z.int().min(0);

const targetState = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('pending'),
    /** Those that have begun; the last of them may be under way. */
    attempts,
    /** ISO 8601: not before then. */
    nextAt: z.iso.datetime(),
    /** Why the last attempt failed. */
    reason: z.string().optional(),
  }),
  z.object({ state: z.literal('delivered'), attempts, deliveredAt: z.iso.datetime() }),
  /** Given up: nothing happens any more until somebody asks for it (`npm run calls -- retry`). */
  z.object({
    state: z.literal('parked'),
    attempts,
    parkedAt: z.iso.datetime(),
    reason: z.string(),
  }),
]);

export type TargetState = z.output<typeof targetState>;

/** The content of delivery.json. A target that is not in it has not been tried. */
const deliveryState = z.partialRecord(z.enum(TARGETS), targetState);
export type DeliveryState = z.output<typeof deliveryState>;

/**
 * How far the delivery of a call is. A file that makes no sense counts as none: the worst of it is that a receiver
 * is told again, with the same key.
 */
export async function readState(folder: string): Promise<DeliveryState> {
  const text = await readIfThere(join(folder, CALL_FILES.delivery));
  try {
    return text === undefined ? {} : (deliveryState.safeParse(JSON.parse(text)).data ?? {});
  } catch {
    return {};
  }
}

export function writeState(folder: string, state: DeliveryState): Promise<void> {
  return writeWhole(join(folder, CALL_FILES.delivery), `${JSON.stringify(state, null, 2)}\n`);
}

/** Whether a target is to be tried now. One that was never tried is. */
export function isDue(state: TargetState | undefined, nowMs: number): boolean {
  return state === undefined || (state.state === 'pending' && Date.parse(state.nextAt) <= nowMs);
}
