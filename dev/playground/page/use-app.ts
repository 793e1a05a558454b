import type { LocalAudioTrack } from 'livekit-client';
import { useCallback, useEffect, useState } from 'react';
import { Call } from './call/call.js';
import { keptCall } from './call/kept-call.js';
import { openMicrophone } from './start/microphone.js';
import { RefusedError, server, type NewCall, type Offer } from './server.js';
import type { Line } from './call/transcript.js';

/** The one thing that the page shows. */
export type Stage =
  | { readonly name: 'loading' | 'returning' | 'code' | 'unreachable' }
  | { readonly name: 'start'; readonly callIsOver: boolean }
  | { readonly name: 'call'; readonly call: Call };

/** What a caller chose before joining. */
export interface Choice {
  readonly interview: string;
  readonly name: string;
  readonly candidate?: string;
}

const HTTP_UNAUTHORIZED = 401;

/** Goes from the offer into a call, and back again. */
export function useApp() {
  const [stage, setStage] = useState<Stage>({ name: 'loading' });
  const [offer, setOffer] = useState<Offer>();

  const enter = useCallback(
    (
      joining: NewCall,
      interview: string,
      microphone: LocalAudioTrack | undefined,
      lines: readonly Line[] = [],
    ) => {
      const call = new Call(joining, microphone, lines);
      const keep = (): void => {
        if (call.view.phase === 'ended') {
          keptCall.forget();
        } else {
          const { pass, hasMicrophone: withMicrophone, view } = call;
          keptCall.write({ pass, withMicrophone, interview, lines: view.lines });
        }
      };
      keep();
      call.subscribe(keep);
      setStage({ name: 'call', call });
      void call.join();
    },
    [],
  );

  const load = useCallback(async () => {
    setStage({ name: 'loading' });
    try {
      setOffer(await server.offer());
    } catch (error) {
      const code = error instanceof RefusedError && error.status === HTTP_UNAUTHORIZED;
      setStage({ name: code ? 'code' : 'unreachable' });
      return;
    }
    const kept = keptCall.read();
    if (kept === null) {
      setStage({ name: 'start', callIsOver: false });
      return;
    }
    setStage({ name: 'returning' });
    try {
      const joining = await server.rejoin(kept.pass);
      const microphone = kept.withMicrophone
        ? await openMicrophone().catch(() => undefined)
        : undefined;
      enter(joining, kept.interview, microphone, kept.lines);
    } catch {
      keptCall.forget();
      setStage({ name: 'start', callIsOver: true });
    }
  }, [enter]);

  useEffect(() => {
    void load();
  }, [load]);

  /** @throws RefusedError when the server gives no call out */
  const join = useCallback(
    async (choice: Choice, microphone: LocalAudioTrack | undefined): Promise<void> => {
      enter(await server.newCall(choice), choice.interview, microphone);
    },
    [enter],
  );
  const again = useCallback(() => setStage({ name: 'start', callIsOver: false }), []);

  return { stage, offer, load, join, again };
}
