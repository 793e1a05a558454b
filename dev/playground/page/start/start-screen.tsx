import type { LocalAudioTrack } from 'livekit-client';
import { useState, type SyntheticEvent } from 'react';
import { Field } from '../parts/field.js';
import { Notice } from '../parts/notice.js';
import { remembered } from '../parts/remembered.js';
import { SimulatedNotice } from '../parts/simulated.js';
import type { Offer } from '../server.js';
import type { Choice } from '../use-app.js';
import { useLanguage, useWords } from '../words/language.js';
import { microphoneProblem } from '../words/say.js';
import { MicrophoneTest } from './microphone-test.js';
import { refusalInWords } from './refusal.js';
import { useMicrophone } from './use-microphone.js';

interface Props {
  readonly offer: Offer;
  /** Somebody wanted to come back into a call that is over. */
  readonly callIsOver: boolean;
  readonly onJoin: (choice: Choice, microphone: LocalAudioTrack | undefined) => Promise<void>;
}

/** Name, interview, microphone, and in. */
export function StartScreen({ offer, callIsOver, onJoin }: Props) {
  const words = useWords();
  const { language } = useLanguage();
  const microphone = useMicrophone();
  const [name, setName] = useState(remembered.read('name') ?? '');
  const [chosen, setChosen] = useState<string>();
  const [candidate, setCandidate] = useState('');
  const [joining, setJoining] = useState(false);
  const [refusal, setRefusal] = useState<unknown>();
  // Until somebody chooses: the first one in the language that the page speaks.
  const inLanguage = offer.interviews.find((one) => one.language.startsWith(language));
  const interview = chosen ?? (inLanguage ?? offer.interviews[0])?.id ?? '';

  const join = async (inWriting: boolean): Promise<void> => {
    setJoining(true);
    setRefusal(undefined);
    remembered.write('name', name);
    // First, so that nobody is called in vain.
    const track = inWriting ? undefined : await microphone.open();
    if (track !== undefined || inWriting) {
      microphone.handOver();
      try {
        const known = candidate === '' ? {} : { candidate };
        await onJoin({ interview, name, ...known }, track);
        return;
      } catch (error) {
        track?.stop();
        microphone.close();
        setRefusal(error);
      }
    }
    setJoining(false);
  };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    void join(false);
  };

  return (
    <>
      <div className="lead">
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
      </div>
      {offer.simulated && <SimulatedNotice />}
      {callIsOver && <Notice kind="info">{words.start.callOver}</Notice>}
      <form className="card start" onSubmit={submit}>
        <Field label={words.start.name} hint={words.start.nameHint}>
          {(id) => (
            <input
              id={id}
              value={name}
              maxLength={80}
              autoComplete="name"
              onChange={({ target }) => setName(target.value)}
            />
          )}
        </Field>
        <Field label={words.start.interview}>
          {(id) => (
            <select id={id} value={interview} onChange={({ target }) => setChosen(target.value)}>
              {offer.interviews.map((one) => (
                <option key={one.id} value={one.id} lang={one.language}>
                  {one.title}
                </option>
              ))}
            </select>
          )}
        </Field>
        {offer.candidates.length > 0 && (
          <Field label={words.start.candidate} hint={words.start.nameHint}>
            {(id) => (
              <select
                id={id}
                value={candidate}
                onChange={({ target }) => setCandidate(target.value)}
              >
                <option value="">{words.start.nobody}</option>
                {offer.candidates.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <MicrophoneTest
          track={microphone.track}
          onOpen={(deviceId) => void microphone.open(deviceId)}
          onClose={microphone.close}
        />
        {microphone.problem !== undefined && (
          <Notice kind="problem">
            {microphoneProblem(words, microphone.problem)} {words.microphone.orWrite}
          </Notice>
        )}
        {refusal !== undefined && <Notice kind="problem">{refusalInWords(words, refusal)}</Notice>}
        <div className="actions">
          <button type="submit" className="primary" disabled={joining}>
            {joining ? words.start.joining : words.start.join}
          </button>
          <button
            type="button"
            className="quiet"
            disabled={joining}
            onClick={() => void join(true)}
          >
            {words.start.inWriting}
          </button>
        </div>
        <p className="hint">{words.start.stay}</p>
      </form>
    </>
  );
}
