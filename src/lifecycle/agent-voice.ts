import type { voice } from '@livekit/agents';

/** What LiveKit's source holds ahead, and a pause between two pieces of one reply. */
const STILL_SPEAKS_MS = 600;

/**
 * Whether the agent's own voice is in the air. Told by the audio that the session hands to the room, and not by the
 * agent's state, which stays `speaking` while a reply that has come to a halt is waited for.
 */
export class AgentVoice {
  readonly #heard: () => void;
  #lastMs = -Infinity;

  /** @param heard called for every piece of audio; often */
  constructor(heard: () => void) {
    this.#heard = heard;
  }

  get speaks(): boolean {
    return Date.now() - this.#lastMs < STILL_SPEAKS_MS;
  }

  /** Follows a session that has started. */
  follow(session: Pick<voice.AgentSession, 'output'>): void {
    const output = session.output.audio;
    if (!output) {
      return;
    }
    const capture = output.captureFrame.bind(output);
    // Its events tell of a reply's beginning and end only. In place, as a reply may have hold of this output already.
    output.captureFrame = async (frame) => {
      await capture(frame);
      this.#lastMs = Date.now();
      this.#heard();
    };
  }
}
