import { DisconnectReason } from '@livekit/rtc-node';

/** LiveKit's reason in lower case with hyphens, such as `room-deleted`. */
export function disconnectWord(reason: DisconnectReason | undefined): string {
  const name = reason === undefined ? undefined : DisconnectReason[reason];
  return (name ?? 'unknown').toLowerCase().replaceAll('_', '-');
}
