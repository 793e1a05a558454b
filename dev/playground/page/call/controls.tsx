import { useLocalParticipant, useMediaDeviceSelect } from '@livekit/components-react';
import { useState } from 'react';
import { Field } from '../parts/field.js';
import { Icon } from '../parts/icon.js';
import { remembered } from '../parts/remembered.js';
import { useWords } from '../words/language.js';
import type { Call } from './call.js';

/** Mute, devices, and the way out. */
export function Controls({ call }: { readonly call: Call }) {
  const words = useWords();
  const [choosing, setChoosing] = useState(false);
  const { isMicrophoneEnabled, localParticipant } = useLocalParticipant({ room: call.room });
  return (
    <>
      <div className="controls">
        {call.hasMicrophone && (
          <button
            type="button"
            className={isMicrophoneEnabled ? '' : 'muted'}
            onClick={() => void localParticipant.setMicrophoneEnabled(!isMicrophoneEnabled)}
          >
            <Icon name={isMicrophoneEnabled ? 'microphone' : 'muted'} />
            <span>{isMicrophoneEnabled ? words.call.mute : words.call.unmute}</span>
          </button>
        )}
        <button
          type="button"
          className="round"
          aria-label={words.call.settings}
          aria-expanded={choosing}
          onClick={() => setChoosing(!choosing)}
        >
          <Icon name="settings" />
        </button>
        <button type="button" className="danger" onClick={() => void call.leave()}>
          <Icon name="leave" /> <span>{words.call.leave}</span>
        </button>
      </div>
      {choosing && (
        <div className="devices">
          {call.hasMicrophone && (
            <Device call={call} kind="audioinput" label={words.microphone.device} />
          )}
          <Device call={call} kind="audiooutput" label={words.call.speaker} />
        </div>
      )}
    </>
  );
}

interface DeviceProps {
  readonly call: Call;
  readonly kind: 'audioinput' | 'audiooutput';
  readonly label: string;
}

function Device({ call, kind, label }: DeviceProps) {
  const { devices, activeDeviceId, setActiveMediaDevice } = useMediaDeviceSelect({
    kind,
    room: call.room,
  });
  const choose = (id: string): void => {
    if (kind === 'audioinput') {
      remembered.write('microphone', id);
    }
    // A device that is gone meanwhile: the one before stays.
    setActiveMediaDevice(id).catch(() => undefined);
  };
  return (
    <Field label={label}>
      {(id) => (
        <select id={id} value={activeDeviceId} onChange={({ target }) => choose(target.value)}>
          {devices.map((device, position) => (
            <option key={device.deviceId} value={device.deviceId}>
              {device.label === '' ? `${label} ${position + 1}` : device.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
