import { useMediaDeviceSelect, useTrackVolume } from '@livekit/components-react';
import type { LocalAudioTrack } from 'livekit-client';
import { useEffect, useState } from 'react';
import { Field } from '../parts/field.js';
import { Icon } from '../parts/icon.js';
import { useWords } from '../words/language.js';

/** A voice in a quiet room; noise stays below. */
const HEARD = 0.12;

interface Props {
  readonly track: LocalAudioTrack | undefined;
  readonly onOpen: (deviceId?: string) => void;
  readonly onClose: () => void;
}

/** Lets somebody see whether they can be heard, and choose another microphone. */
export function MicrophoneTest({ track, onOpen, onClose }: Props) {
  const { microphone } = useWords();
  return (
    <fieldset className="microphone">
      <legend>{microphone.title}</legend>
      {track === undefined ? (
        <button type="button" onClick={() => onOpen()}>
          <Icon name="microphone" /> {microphone.test}
        </button>
      ) : (
        <>
          <Meter track={track} />
          <Devices track={track} onOpen={onOpen} />
          <button type="button" className="quiet" onClick={onClose}>
            {microphone.stop}
          </button>
        </>
      )}
    </fieldset>
  );
}

function Meter({ track }: { readonly track: LocalAudioTrack }) {
  const { microphone } = useWords();
  const volume = Math.min(1, useTrackVolume(track) * 1.5);
  const [heard, setHeard] = useState(false);
  useEffect(() => {
    if (volume > HEARD) {
      setHeard(true);
    }
  }, [volume]);
  return (
    <>
      <div
        className="meter"
        role="meter"
        aria-label={microphone.level}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(volume * 100)}
      >
        <span style={{ transform: `scaleX(${volume})` }} />
      </div>
      <p className={heard ? 'hint good' : 'hint'} role="status">
        {heard && <Icon name="check" />}
        {heard ? microphone.heard : microphone.say}
      </p>
    </>
  );
}

function Devices({ track, onOpen }: Pick<Props, 'onOpen'> & { readonly track: LocalAudioTrack }) {
  const { microphone } = useWords();
  const { devices } = useMediaDeviceSelect({ kind: 'audioinput', track });
  const active = track.mediaStreamTrack.getSettings().deviceId ?? '';
  return (
    <Field label={microphone.device}>
      {(id) => (
        <select id={id} value={active} onChange={({ target }) => onOpen(target.value)}>
          {devices.map(({ deviceId, label }, position) => (
            <option key={deviceId} value={deviceId}>
              {label === '' ? `${microphone.unnamed} ${position + 1}` : label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
