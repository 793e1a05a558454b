import type { stream } from '@livekit/agents';
import type { realtime } from '@livekit/agents-plugin-openai';

/**
 * A reply's messages, whose streams may be written to after the listener has gone. The service sends deltas for a while
 * after an interruption; upstream writes each of them to the cancelled stream without looking at the promise, which is one
 * unhandled rejection a delta (realtime-protocol facts, 2).
 */
export class ForgivingMessages extends Map<string, realtime.MessageGeneration> {
  override set(id: string, message: realtime.MessageGeneration): this {
    message.audioChannel = forgiving(message.audioChannel);
    message.textChannel = forgiving(message.textChannel);
    return super.set(id, message);
  }
}

/** Lets writes and closes come too late without a rejection that nobody handles. */
export function forgiving<T>(channel: stream.StreamChannel<T>): stream.StreamChannel<T> {
  const write = channel.write.bind(channel);
  const close = channel.close.bind(channel);
  return Object.assign(channel, {
    write: (chunk: T) => write(chunk).catch(() => undefined),
    close: () => close().catch(() => undefined),
  });
}
