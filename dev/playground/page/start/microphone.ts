import { createLocalAudioTrack, type LocalAudioTrack } from 'livekit-client';
import { remembered } from '../parts/remembered.js';

const CHOSEN = 'microphone';

/**
 * Asks the browser for the microphone: the one that was chosen before, when it is still there.
 *
 * @throws DOMException of getUserMedia
 */
export async function openMicrophone(deviceId?: string): Promise<LocalAudioTrack> {
  if (deviceId !== undefined) {
    remembered.write(CHOSEN, deviceId);
  }
  const chosen = deviceId ?? remembered.read(CHOSEN);
  return createLocalAudioTrack({
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    ...(chosen === null ? {} : { deviceId: { ideal: chosen } }),
  });
}
