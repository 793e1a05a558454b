import type { LocalAudioTrack } from 'livekit-client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { openMicrophone } from './microphone.js';

/** The microphone before the call: opened for a test, and handed over when the call begins. */
export function useMicrophone() {
  const [track, setTrack] = useState<LocalAudioTrack>();
  const [problem, setProblem] = useState<unknown>();
  const held = useRef<LocalAudioTrack>(undefined);

  const hold = useCallback((next: LocalAudioTrack | undefined) => {
    held.current = next;
    setTrack(next);
  }, []);
  const close = useCallback(() => {
    held.current?.stop();
    hold(undefined);
  }, [hold]);
  useEffect(() => close, [close]);

  /** Opens it, or another one; undefined when the browser does not let us, and `problem` says why. */
  const open = useCallback(
    async (deviceId?: string): Promise<LocalAudioTrack | undefined> => {
      if (held.current !== undefined && deviceId === undefined) {
        return held.current;
      }
      close();
      setProblem(undefined);
      try {
        hold(await openMicrophone(deviceId));
        return held.current;
      } catch (error) {
        setProblem(error);
        return undefined;
      }
    },
    [close, hold],
  );
  /** It belongs to the call from now on. */
  const handOver = useCallback(() => {
    held.current = undefined;
  }, []);

  return { track, problem, open, close, handOver };
}
