import type { Line } from './transcript.js';

const KEY = 'steadfast.call';

/** What has to be known to come back to a call after the page was loaded anew. */
export interface KeptCall {
  readonly pass: string;
  readonly withMicrophone: boolean;
  readonly interview: string;
  readonly lines: readonly Line[];
}

/** Remembered in this tab alone, and until the call ends. */
export const keptCall = {
  read(): KeptCall | null {
    try {
      const text = sessionStorage.getItem(KEY);
      // Written below, by the same page.
      // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion
      return text === null ? null : (JSON.parse(text) as KeptCall);
    } catch {
      return null;
    }
  },
  write(call: KeptCall): void {
    try {
      sessionStorage.setItem(KEY, JSON.stringify(call));
    } catch {
      // Full, or forbidden: the call goes on, and cannot be come back to.
    }
  },
  forget(): void {
    sessionStorage.removeItem(KEY);
  },
};
