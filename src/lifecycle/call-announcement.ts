import { z } from 'zod';

/** What a job process tells its worker when its call begins. The framework ignores cases it does not know. */
const announcement = z.object({ case: z.literal('steadfast.call'), callId: z.string() });

/** Tells the worker that this process now carries the call. Does nothing outside a job process. */
export function announceCall(callId: string): void {
  process.send?.({ case: 'steadfast.call', callId } satisfies z.infer<typeof announcement>);
}

/** The call that a message from a child process announces, if it announces one. */
export function announcedCall(message: unknown): string | undefined {
  return announcement.safeParse(message).data?.callId;
}
