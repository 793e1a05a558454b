import { RoomAudioRenderer, RoomContext } from '@livekit/components-react';
import { useSyncExternalStore } from 'react';
import { SimulatedNotice } from '../parts/simulated.js';
import type { Offer } from '../server.js';
import { useWords } from '../words/language.js';
import type { Call } from './call.js';
import { Composer } from './composer.js';
import { EndCard } from './end-card.js';
import { Stage } from './stage.js';
import { TranscriptView } from './transcript-view.js';

interface Props {
  readonly call: Call;
  readonly simulated: boolean;
  readonly files: Offer['files'];
  readonly onAgain: () => void;
}

/** One call, while it is going on and when it is over. */
export function CallScreen({ call, simulated, files, onAgain }: Props) {
  const words = useWords();
  const view = useSyncExternalStore(call.subscribe, () => call.view);
  const ended = view.phase === 'ended';
  return (
    <RoomContext value={call.room}>
      <h1 className="for-screen-readers">{words.title}</h1>
      {ended ? (
        <EndCard call={call} view={view} files={files} onAgain={onAgain} />
      ) : (
        <Stage call={call} view={view} />
      )}
      {simulated && !ended && <SimulatedNotice />}
      <section className="card conversation" aria-labelledby="conversation">
        <h2 id="conversation">{words.transcript.title}</h2>
        <TranscriptView lines={view.lines} />
        {!ended && <Composer call={call} enabled={view.phase === 'talking'} />}
      </section>
      <RoomAudioRenderer />
    </RoomContext>
  );
}
