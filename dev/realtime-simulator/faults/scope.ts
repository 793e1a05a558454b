import { z } from 'zod';

/**
 * Which connections a fault is for.
 * `next`: the next `connections` ones that are opened. `current`: the newest open one, or the one named by
 * `connection`. `every`: all that are open, and all to come.
 */
export const faultScope = z.object({
  on: z.enum(['next', 'current', 'every']).default('next'),
  connections: z.int().min(1).default(1),
  connection: z.string().optional(),
});
export type FaultScope = z.input<typeof faultScope>;
