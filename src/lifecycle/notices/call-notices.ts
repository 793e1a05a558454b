import type { TroubleEvent } from '../trouble.js';
import { pause } from '../pause.js';
import type { NoticeClips, NoticeName } from './notice.js';
import type { NoticePlayer } from './notice-player.js';

/** The agent's own last words are cut by the framework when its session closes; this is for one that does not. */
const AGENT_QUIET_MS = 2_000;
const LOOK_EVERY_MS = 50;

export interface CallNoticesOptions {
  readonly player: Pick<NoticePlayer, 'play' | 'close'>;
  readonly clips: NoticeClips;
  /** Whether the agent's own voice is in the air. */
  readonly agentSpeaks: () => boolean;
  readonly tell: (event: TroubleEvent) => void;
  /** A clip could not be played. */
  readonly failed: (error: unknown) => void;
}

/** What one call says without the model: one sentence at a time, and never over the agent's own voice. */
export class CallNotices {
  readonly #options: CallNoticesOptions;
  #saying: { readonly abort: AbortController; readonly done: Promise<void> } | undefined;
  #saidLost = false;

  constructor(options: CallNoticesOptions) {
    this.#options = options;
  }

  /** Asks the caller for patience, unless something is being said already. Never rejects. */
  async oneMoment(): Promise<void> {
    if (!this.#saying && !this.#saidLost && !this.#options.agentSpeaks()) {
      await this.#say('oneMoment', new AbortController());
    }
  }

  /** The agent speaks for itself: a clip falls silent at once. The last one does not. */
  hush(): void {
    if (!this.#saidLost) {
      this.#saying?.abort.abort();
    }
  }

  /** Tells the caller that the call ends. Once; cut when `signal` aborts. Never rejects. */
  async lost(signal: AbortSignal): Promise<void> {
    if (this.#saidLost) {
      return;
    }
    this.#saying?.abort.abort();
    this.#saidLost = true;
    await this.#saying?.done;
    await this.#agentQuiet(signal);
    const abort = new AbortController();
    const cut = (): void => abort.abort();
    signal.addEventListener('abort', cut, { once: true });
    if (signal.aborted) {
      cut();
    }
    await this.#say('lost', abort);
    signal.removeEventListener('abort', cut);
  }

  /** Falls silent, and lets go of the track. */
  async close(): Promise<void> {
    this.#saying?.abort.abort();
    await this.#saying?.done;
    await this.#options.player.close();
  }

  async #say(notice: NoticeName, abort: AbortController): Promise<void> {
    const { player, clips, tell, failed } = this.#options;
    const done = player
      .play(clips[notice], abort.signal)
      .then((heard) => tell({ type: 'notice', notice, heard }))
      .catch(failed);
    this.#saying = { abort, done };
    await done;
    this.#saying = undefined;
  }

  async #agentQuiet(signal: AbortSignal): Promise<void> {
    for (let waitedMs = 0; waitedMs < AGENT_QUIET_MS; waitedMs += LOOK_EVERY_MS) {
      if (signal.aborted || !this.#options.agentSpeaks()) {
        return;
      }
      await pause(LOOK_EVERY_MS, signal);
    }
  }
}
