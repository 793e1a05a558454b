import type { AudioFrame } from '@livekit/rtc-node';
import { AudioHold } from './audio-hold.js';
import { PlannedRenewal, type RenewalOptions } from './planned-renewal.js';
import type { Renewed } from './supervisor-state.js';

/** What a renewal needs of the guard. */
export interface RenewalParts {
  quietForMs(): number;
  /** Closes the connection; the plugin asks for the next one by itself. */
  close(): void;
  renewed(event: Renewed): void;
}

/** Renews one session's connections before their time is up, and keeps the caller's audio meanwhile. */
export class Renewals {
  /** The caller's audio while a connection is renewed. */
  readonly held = new AudioHold<AudioFrame>();
  readonly #planned: PlannedRenewal;
  readonly #parts: RenewalParts;
  #current: { readonly sinceMs: number; readonly isQuiet: boolean } | undefined;

  constructor(options: RenewalOptions, parts: RenewalParts) {
    this.#parts = parts;
    this.#planned = new PlannedRenewal(
      options,
      () => parts.quietForMs(),
      (isQuiet) => {
        this.#current = { sinceMs: Date.now(), isQuiet };
        this.held.begin();
        parts.close();
      },
    );
  }

  /** A connection is open, after a renewal or for another reason. */
  opened(): void {
    this.#planned.opened();
    const current = this.#current;
    this.#current = undefined;
    if (current) {
      const { sinceMs, isQuiet } = current;
      this.#parts.renewed({ downMs: Date.now() - sinceMs, isQuiet });
    }
  }

  /** Something is wrong with the connection: it is renewed in the next quiet moment. */
  soon(): void {
    this.#planned.soon();
  }

  /** The connection is gone, on purpose or not. */
  lost(): void {
    this.#planned.stop();
  }

  /** What began as a renewal has become an outage, or there will be no connection any more. */
  failed(): void {
    this.#planned.stop();
    this.#current = undefined;
    this.held.release();
  }
}
