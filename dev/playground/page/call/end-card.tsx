import { useEffect, useRef, useState } from 'react';
import { Icon } from '../parts/icon.js';
import type { Offer } from '../server.js';
import { useWords } from '../words/language.js';
import { endInWords } from '../words/say.js';
import type { Call } from './call.js';
import type { CallView } from './view.js';
import { saveFile } from './save-file.js';

interface Props {
  readonly call: Call;
  readonly view: CallView;
  readonly files: Offer['files'];
  readonly onAgain: () => void;
}

/** How the call ended, what may be taken along, and the way into a new one. */
export function EndCard({ call, view, files, onAgain }: Props) {
  const words = useWords();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const { title: headline, text } = endInWords(words, view);
  const callId = view.attributes['call.id'];
  const well = ['completed', 'caller-left'].includes(
    view.attributes['call.outcome'] ?? 'caller-left',
  );
  return (
    <section className={well && view.ended !== 'connection-lost' ? 'card end' : 'card end badly'}>
      <Icon name={well ? 'check' : 'alert'} />
      <div role="status">
        <h2 ref={title} tabIndex={-1}>
          {headline}
        </h2>
        <p>{text}</p>
      </div>
      <div className="actions">
        <button type="button" className="primary" onClick={onAgain}>
          {words.end.again}
        </button>
        {callId !== undefined &&
          files.map((file) => <Download key={file} call={call} callId={callId} file={file} />)}
      </div>
      {callId !== undefined && (
        <p className="hint">
          {words.end.callId} <code>{callId}</code>
        </p>
      )}
    </section>
  );
}

interface DownloadProps {
  readonly call: Call;
  readonly callId: string;
  readonly file: Offer['files'][number];
}

function Download({ call, callId, file }: DownloadProps) {
  const { end } = useWords();
  const [state, setState] = useState<'ready' | 'preparing' | 'failed'>('ready');
  const save = async (): Promise<void> => {
    setState('preparing');
    const saved = await saveFile({ pass: call.pass, callId, file });
    setState(saved ? 'ready' : 'failed');
  };
  return (
    <>
      <button type="button" disabled={state === 'preparing'} onClick={() => void save()}>
        <Icon name="download" /> {state === 'preparing' ? end.preparing : end.files[file]}
      </button>
      {state === 'failed' && <p role="alert">{end.noFile}</p>}
    </>
  );
}
