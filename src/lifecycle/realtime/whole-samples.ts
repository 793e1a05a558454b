/** What is left of a sample that was cut in two, until its other half comes. */
export class WholeSamples {
  #item = '';
  #half = Buffer.alloc(0);

  /**
   * The whole samples in a piece of an item's audio (base64, 16 bits a sample), as base64 again. Upstream fails on an odd
   * number of bytes, and the caller would hear nothing of the piece.
   */
  of(item: string, delta: string): string {
    if (item !== this.#item) {
      this.#item = item;
      this.#half = Buffer.alloc(0);
    }
    if (this.#half.length === 0 && hasWholeSamples(delta)) {
      return delta;
    }
    const bytes = Buffer.concat([this.#half, Buffer.from(delta, 'base64')]);
    const length = bytes.length - (bytes.length % 2);
    this.#half = bytes.subarray(length);
    return bytes.subarray(0, length).toString('base64');
  }
}

/** Without decoding: four characters are three bytes. */
function hasWholeSamples(base64: string): boolean {
  const padding = base64.endsWith('==') ? 2 : Number(base64.endsWith('='));
  return base64.length % 4 === 0 && ((base64.length / 4) * 3 - padding) % 2 === 0;
}
