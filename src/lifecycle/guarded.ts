/**
 * Runs code that was given to the lifecycle, and tells `failed` what it throws. It may be an `async` function where the
 * type asks for a plain one: then its rejection is what it throws, and nobody else would hear of it.
 */
export function guarded(act: () => unknown, failed: (error: unknown) => void): void {
  try {
    Promise.resolve(act()).catch(failed);
  } catch (error) {
    failed(error);
  }
}
