import { describe, expect, it } from 'vitest';
import { SpeechQueue } from '../../../dev/caller/speech-queue.js';

const line = (...samples: number[]) => Int16Array.from(samples);

describe('a speech queue', () => {
  it('gives silence while there is nothing to say', () => {
    expect([...new SpeechQueue(3).nextFrame(0)]).toEqual([0, 0, 0]);
  });

  it('gives a line frame by frame, the last one filled with silence, and every sample once', async () => {
    const queue = new SpeechQueue(2);
    const spoken = queue.add(line(1, 2, 3));
    const frames = [20, 40, 60, 80].map((atMs) => [...queue.nextFrame(atMs)]);
    expect(frames).toEqual([
      [1, 2],
      [3, 0],
      [0, 0],
      [0, 0],
    ]);
    await expect(spoken).resolves.toEqual({ startedAtMs: 20, endedAtMs: 60, stopped: false });
  });

  it('says one line after the other', async () => {
    const queue = new SpeechQueue(1);
    const first = queue.add(line(1));
    const second = queue.add(line(2));
    const samples = [1, 2, 3, 4].map((atMs) => queue.nextFrame(atMs)[0]);
    expect(samples).toEqual([1, 0, 2, 0]);
    await expect(first).resolves.toMatchObject({ startedAtMs: 1, endedAtMs: 2 });
    await expect(second).resolves.toMatchObject({ startedAtMs: 3, endedAtMs: 4 });
  });

  it('gives each frame memory of its own, as rtc-node sends the whole buffer', () => {
    const queue = new SpeechQueue(2);
    void queue.add(line(1, 2, 3, 4));
    queue.nextFrame(0);
    expect([...new Int16Array(queue.nextFrame(1).buffer)]).toEqual([3, 4]);
  });

  it('falls silent at once when stopped, and says so of every line', async () => {
    const queue = new SpeechQueue(1);
    const begun = queue.add(line(1, 2, 3));
    const waiting = queue.add(line(4));
    queue.nextFrame(10);
    queue.stop(15);
    expect(queue.nextFrame(20)[0]).toBe(0);
    await expect(begun).resolves.toEqual({ startedAtMs: 10, endedAtMs: 15, stopped: true });
    await expect(waiting).resolves.toEqual({ startedAtMs: 15, endedAtMs: 15, stopped: true });
  });

  it('tells every line when nothing can be said any more', async () => {
    const queue = new SpeechQueue(1);
    const spoken = queue.add(line(1));
    queue.fail(new Error('the microphone failed'));
    await expect(spoken).rejects.toThrow('the microphone failed');
  });
});
