import { z } from 'zod';

/** What the soak agent is told to do; by variables, as job processes are started by the framework. */
export interface SoakOrders {
  /** How many reconnects, or, when nothing is cut, how many replies. */
  readonly times: number;
  readonly cuts: boolean;
  /** Memory is noted after so many replies. */
  readonly noteEvery: number;
  /** Where it is noted: one JSON object a line. */
  readonly file: string;
}

const environment = z.object({
  SOAK_TIMES: z.coerce.number().int().min(1),
  SOAK_CUTS: z.stringbool(),
  SOAK_NOTE_EVERY: z.coerce.number().int().min(1),
  SOAK_FILE: z.string().min(1),
});

export function soakOrders(env: NodeJS.ProcessEnv): SoakOrders {
  const { SOAK_TIMES, SOAK_CUTS, SOAK_NOTE_EVERY, SOAK_FILE } = environment.parse(env);
  return { times: SOAK_TIMES, cuts: SOAK_CUTS, noteEvery: SOAK_NOTE_EVERY, file: SOAK_FILE };
}

export function asVariables({ times, cuts, noteEvery, file }: SoakOrders): Record<string, string> {
  return {
    SOAK_TIMES: String(times),
    SOAK_CUTS: String(cuts),
    SOAK_NOTE_EVERY: String(noteEvery),
    SOAK_FILE: file,
  };
}
