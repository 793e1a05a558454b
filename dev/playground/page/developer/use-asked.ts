import { useCallback, useEffect, useState } from 'react';
import { get } from '../server.js';

/**
 * The server's answer, asked for again and again; the last one that came, when it does not answer for a while.
 *
 * @param everyMs 0: only once, and when `refresh` is called
 */
// The caller says what our own server answers, as with `get`.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function useAsked<T>(path: string, everyMs = 0): { answer: T | undefined; refresh(): void } {
  const [answer, setAnswer] = useState<T>();
  const refresh = useCallback(() => {
    get<T>(path).then(setAnswer, () => undefined);
  }, [path]);
  useEffect(() => {
    refresh();
    if (everyMs > 0) {
      const timer = window.setInterval(refresh, everyMs);
      return () => window.clearInterval(timer);
    }
    return undefined;
  }, [refresh, everyMs]);
  return { answer, refresh };
}
