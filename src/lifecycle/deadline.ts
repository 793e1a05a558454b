import { CallError, type ErrorFault } from './errors.js';

export interface DeadlineOptions {
  readonly ms: number;
  /** What is waited for, as it reads after "took longer than 5000 ms: ". */
  readonly what: string;
  readonly fault: ErrorFault;
  readonly remedy: string;
}

/**
 * The work's own result, or a `DEADLINE_EXCEEDED` error after `ms`. The work itself is not stopped; what it does
 * later is ignored, a late rejection included.
 */
export async function withDeadline<T>(
  work: Promise<T>,
  { ms, what, fault, remedy }: DeadlineOptions,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const message = `took longer than ${ms} ms: ${what}`;
      reject(new CallError(message, { code: 'DEADLINE_EXCEEDED', fault, remedy }));
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
