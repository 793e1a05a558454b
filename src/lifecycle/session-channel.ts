import { voice } from '@livekit/agents';

/**
 * Shuts the framework's remote control in the room. Beside every session that it starts, agents 1.9.0 answers on the
 * byte-stream topic `lk.agent.session`, and there is no option against it: it sends the caller every tool call with its
 * output, tells them the agent's instructions when asked, and lets them type what was never said or switch the agent's
 * ears off. Only the room's channel is shut; LiveKit's console has one of its own.
 *
 * Does nothing the second time.
 *
 * @throws Error when an upgrade has taken the methods away: better no call than one that can be steered from outside.
 */
export function shutSessionChannel(): void {
  const channel = voice.RoomSessionTransport.prototype;
  if (typeof channel.start !== 'function' || typeof channel.sendMessage !== 'function') {
    throw new Error(
      'LiveKit’s RoomSessionTransport has changed; find out how callers are kept from it, and mend session-channel.ts.',
    );
  }
  channel.start = silence;
  channel.sendMessage = silence;
}

async function silence(): Promise<void> {
  // Neither listens nor answers.
}
