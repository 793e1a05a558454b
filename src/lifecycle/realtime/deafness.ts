/** Two questions take some seven seconds of a caller who speaks. */
const QUESTIONS = 2;

/**
 * Finds out, over all connections of a session, that a service which answers questions hears nothing of the caller. A
 * new connection may help; a loud room looks the same, so that only one is tried until the service has heard somebody.
 */
export class Deafness {
  #unheard = 0;
  #isTried = false;

  /** @returns whether a new connection is worth trying */
  unheard(): boolean {
    this.#unheard += 1;
    if (this.#isTried || this.#unheard < QUESTIONS) {
      return false;
    }
    this.#isTried = true;
    return true;
  }

  heard(): void {
    this.#unheard = 0;
    this.#isTried = false;
  }
}
