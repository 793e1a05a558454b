import { useEffect, useRef } from 'react';
import { useWords } from '../words/language.js';
import type { Line } from './transcript.js';

/** What both sides say while they say it. Screen readers are told each line once, when it is finished. */
export function TranscriptView({ lines }: { readonly lines: readonly Line[] }) {
  const { transcript } = useWords();
  const list = useRef<HTMLOListElement>(null);
  const latest = lines.at(-1)?.text;
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [lines.length, latest]);
  const who = (speaker: Line['speaker']): string =>
    speaker === 'agent' ? transcript.agent : transcript.you;
  const finished = lines.findLast((line) => line.finished);
  return (
    <>
      {lines.length === 0 && <p className="hint">{transcript.empty}</p>}
      {lines.length > 0 && (
        // Scrolls by itself: it has to be reached by keyboard, too.
        <ol className="transcript" ref={list} tabIndex={0} aria-label={transcript.title}>
          {lines.map(({ id, speaker, text, finished: done, typed }) => (
            <li key={id} className={done ? speaker : `${speaker} unfinished`}>
              <span className="who">
                {who(speaker)}
                {typed === true && `, ${transcript.typed}`}
              </span>
              <span className="text">{text}</span>
            </li>
          ))}
        </ol>
      )}
      <p className="for-screen-readers" aria-live="polite">
        {finished === undefined ? '' : `${who(finished.speaker)}: ${finished.text}`}
      </p>
    </>
  );
}
