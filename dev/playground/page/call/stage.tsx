import { BarVisualizer, useAudioPlayback, useVoiceAssistant } from '@livekit/components-react';
import { useEffect, useRef } from 'react';
import { Icon } from '../parts/icon.js';
import { Notice } from '../parts/notice.js';
import { useWords } from '../words/language.js';
import { stateInWords } from '../words/say.js';
import type { Call } from './call.js';
import type { CallView } from './view.js';
import { Controls } from './controls.js';

/** The agent: its voice as bars, what it is doing in words, what is wrong, and what can be done. */
export function Stage({ call, view }: { readonly call: Call; readonly view: CallView }) {
  const words = useWords();
  const { state, audioTrack } = useVoiceAssistant();
  const { canPlayAudio, startAudio } = useAudioPlayback(call.room);
  const said = useRef<HTMLParagraphElement>(null);
  // What had the focus is gone: whoever does not see the page is told where they are.
  useEffect(() => said.current?.focus(), []);
  const trouble = view.reconnecting || (view.attributes['call.trouble'] ?? '') !== '';
  return (
    <section className={trouble ? 'card stage troubled' : 'card stage'} aria-labelledby="state">
      <div className="voice" aria-hidden="true">
        <BarVisualizer
          state={state}
          barCount={7}
          options={{ minHeight: 12, maxHeight: 100 }}
          {...(audioTrack === undefined ? {} : { track: audioTrack })}
        />
      </div>
      <p id="state" className="state" role="status" tabIndex={-1} ref={said}>
        {stateInWords(words, view)}
      </p>
      {view.agentIsLate && (
        <Notice
          kind="problem"
          action={{ label: words.call.sendAgain, act: () => call.sendAgentAgain() }}
        >
          {words.call.noAgent}
        </Notice>
      )}
      {!canPlayAudio && (
        <div className="notice info" role="alert">
          <Icon name="sound" />
          <p>{words.call.silentBrowser}</p>
          <button type="button" className="primary" onClick={() => void startAudio()}>
            {words.call.hear}
          </button>
        </div>
      )}
      <Controls call={call} />
    </section>
  );
}
