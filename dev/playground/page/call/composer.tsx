import { useState, type SyntheticEvent } from 'react';
import { Icon } from '../parts/icon.js';
import { useWords } from '../words/language.js';
import type { Call } from './call.js';

/** What the agent takes at once. */
const LONGEST = 2000;

/** An answer in writing. */
export function Composer({ call, enabled }: { readonly call: Call; readonly enabled: boolean }) {
  const { transcript } = useWords();
  const [text, setText] = useState('');
  const [failed, setFailed] = useState(false);
  const said = text.trim();
  const send = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (said === '' || !enabled) {
      return;
    }
    setText('');
    setFailed(false);
    call.write(said).catch(() => {
      setText(said);
      setFailed(true);
    });
  };
  return (
    <form className="composer" onSubmit={send}>
      <input
        aria-label={transcript.write}
        placeholder={transcript.placeholder}
        value={text}
        maxLength={LONGEST}
        autoComplete="off"
        onChange={({ target }) => {
          setText(target.value);
          if (enabled) {
            call.types();
          }
        }}
      />
      <button
        type="submit"
        className="primary round"
        aria-label={transcript.send}
        disabled={said === '' || !enabled}
      >
        <Icon name="send" />
      </button>
      {failed && <p role="alert">{transcript.notSent}</p>}
    </form>
  );
}
