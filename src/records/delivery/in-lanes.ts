/** Works through a list, on so many items at a time, until it is done or the signal is aborted: then begins nothing more. */
export async function inLanes<T>(
  items: Iterable<T>,
  lanes: number,
  signal: AbortSignal,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const next = items[Symbol.iterator]();
  const lane = async () => {
    for (let item = next.next(); item.done !== true; item = next.next()) {
      if (signal.aborted) {
        return;
      }
      await work(item.value);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
