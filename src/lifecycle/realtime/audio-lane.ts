/**
 * Whether audio may be sent past the plugin's queue, in its turn.
 *
 * The plugin keeps every event that it has sent until the connection ends: for each it waits in a race with one and the
 * same promise, and a promise holds whatever waits for it (plugin-openai 1.9.0, realtime_model.ts, forwardEvents). With
 * the caller's audio, ten events a second, that is 5 MB a minute; without it next to nothing.
 */
export class AudioLane {
  /** The latest event in the plugin's queue. The queue is in order: once this is sent, all are. */
  #queued: object | undefined;

  /** An event was put into the queue. */
  queued(event: object): void {
    this.#queued = event;
  }

  /** The plugin is sending this event. */
  sending(event: unknown): void {
    if (event === this.#queued) {
      this.#queued = undefined;
    }
  }

  /** Whether everything that came before has been sent. */
  get isFree(): boolean {
    return this.#queued === undefined;
  }
}
