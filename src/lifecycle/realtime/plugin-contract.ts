import { realtime } from '@livekit/agents-plugin-openai';
import { CallError } from '../errors.js';

/** The versions the guard was measured against (realtime-faults facts). package.json pins them. */
const KNOWN_GOOD = '@livekit/agents 1.9.0 with @livekit/agents-plugin-openai 1.9.0';

/**
 * The one private method of the plugin that the guard replaces. Unguarded, one dropped connection can end the process
 * or reconnect hundreds of times a second, so nothing runs when it is gone.
 *
 * @throws {CallError} `UNSUPPORTED_SDK`
 */
export function requirePluginContract(session: object = realtime.RealtimeSession.prototype): void {
  if (typeof Reflect.get(session, 'createWsConn') !== 'function') {
    throw unsupported('RealtimeSession.createWsConn is gone from the OpenAI plugin');
  }
}

/** A connection that the supervisor has not opened, or an upgrade that has moved what it replaces. */
export function unsupported(message: string): CallError {
  return new CallError(`${message}, so connections would go unsupervised`, {
    code: 'UNSUPPORTED_SDK',
    fault: 'application',
    remedy: `Install the versions this was made for: ${KNOWN_GOOD}.`,
  });
}
