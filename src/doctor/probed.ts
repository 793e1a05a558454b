import { z } from 'zod';

/** What the probe is told. */
export interface ProbeRequest {
  readonly url: string;
  readonly token: string;
}

const address = z.object({ host: z.string(), port: z.number() });
const paths = z.object({
  /** `udp` or `tcp`. */
  used: z.string().optional(),
  udp: z.array(address),
  tcp: z.array(address),
});

/** What it answers: why nothing could be sent, or where the server said that media can be sent, and what was used. */
export const probed = z.union([z.object({ problem: z.string() }), paths]);

export type Address = z.output<typeof address>;
export type Paths = z.output<typeof paths>;
export type Probed = z.output<typeof probed>;
