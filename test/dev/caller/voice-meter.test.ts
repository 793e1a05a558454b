import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { VoiceMeter } from '../../../dev/caller/voice-meter.js';
import { WaitFailedError } from '../../../dev/caller/waiters.js';

const RATE = 24_000;
const FRAME_MS = 20;
const FRAME_SAMPLES = (RATE * FRAME_MS) / 1000;

function frame(amplitude: number): Int16Array {
  return Int16Array.from({ length: FRAME_SAMPLES }, (_, i) => amplitude * Math.sin(i / 8));
}

/** Feeds a meter frame by frame, in time with its own clock. */
function feeder(meter: VoiceMeter) {
  let atMs = 0;
  const push = (amplitude: number, durationMs: number) => {
    for (let sentMs = 0; sentMs < durationMs; sentMs += FRAME_MS) {
      atMs += FRAME_MS;
      meter.push(frame(amplitude), RATE, atMs);
    }
  };
  return {
    voice: (durationMs: number) => push(8000, durationMs),
    silence: (durationMs: number) => push(0, durationMs),
    hiss: (durationMs: number) => push(100, durationMs),
  };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('what counts as voice', () => {
  it('is counted in milliseconds of audio, and silence is not', () => {
    const meter = new VoiceMeter();
    const feed = feeder(meter);
    feed.silence(100);
    feed.voice(400);
    feed.silence(60);
    expect(meter.heardMs).toBe(400);
    expect(meter.receivedMs).toBe(560);
    expect(meter.quietMs).toBe(60);
  });

  it('is louder than the threshold: hiss is silence', () => {
    const meter = new VoiceMeter();
    feeder(meter).hiss(1000);
    expect(meter.heardMs).toBe(0);
    expect(meter.quietMs).toBe(1000);
  });

  it('forms one span across short pauses, and two across long ones', () => {
    const meter = new VoiceMeter({ hangoverMs: 200 });
    const feed = feeder(meter);
    feed.voice(100);
    feed.silence(200);
    feed.voice(100);
    feed.silence(220);
    feed.voice(40);
    expect(meter.spans).toEqual([
      { startedAtMs: 20, endedAtMs: 400, heardMs: 200 },
      { startedAtMs: 640, endedAtMs: 660, heardMs: 40 },
    ]);
    expect(meter.lastVoiceAtMs).toBe(660);
  });

  it('is told frame by frame, with the silence', () => {
    const told: string[] = [];
    const meter = new VoiceMeter({
      onFrame: (isVoice, frameMs) => told.push(`${isVoice ? 'voice' : 'silence'} ${frameMs}`),
    });
    const { voice, silence } = feeder(meter);
    voice(FRAME_MS);
    silence(FRAME_MS);
    expect(told).toEqual(['voice 20', 'silence 20']);
  });

  it('is nothing in an empty frame', () => {
    const meter = new VoiceMeter();
    meter.push(new Int16Array(0), RATE, 1);
    expect(meter.heardMs).toBe(0);
  });
});

describe('waiting for voice', () => {
  it('resolves with the moment the voice began, once enough of it was heard', async () => {
    const meter = new VoiceMeter();
    const feed = feeder(meter);
    const heard = meter.waitForVoice({ since: meter.mark(0), heardMs: 100, timeoutMs: 1000 });
    feed.silence(200);
    feed.voice(100);
    await expect(heard).resolves.toBe(220);
  });

  it('takes no click for voice', async () => {
    const meter = new VoiceMeter();
    const feed = feeder(meter);
    const heard = meter.waitForVoice({ timeoutMs: 500 });
    const failed = expect(heard).rejects.toThrow(/Waited 500 ms for 60 ms of voice.*heard 40 ms/);
    feed.voice(40);
    feed.silence(400);
    await vi.advanceTimersByTimeAsync(500);
    await failed;
  });

  it('counts only from the mark on', async () => {
    const meter = new VoiceMeter();
    const feed = feeder(meter);
    feed.voice(1000);
    const mark = meter.mark(1000);
    const heard = meter.waitForVoice({ since: mark, heardMs: 60, timeoutMs: 1000 });
    feed.voice(60);
    // In the middle of a span, voice after the mark begins at the mark.
    await expect(heard).resolves.toBe(1000);
    expect(meter.heardSinceMs(mark)).toBe(60);
  });

  it('says that no audio arrived at all', async () => {
    const meter = new VoiceMeter();
    const failed = expect(meter.waitForVoice({ timeoutMs: 10 })).rejects.toThrow(
      'no audio arrived at all',
    );
    await vi.advanceTimersByTimeAsync(10);
    await failed;
  });

  it('fails at once when nothing more will be heard', async () => {
    const meter = new VoiceMeter();
    const heard = meter.waitForVoice({ timeoutMs: 1000 });
    meter.close('the caller has left');
    await expect(heard).rejects.toThrow(WaitFailedError);
    await expect(meter.waitForVoice({ timeoutMs: 1000 })).rejects.toThrow('the caller has left');
  });
});

describe('waiting for quiet', () => {
  it('resolves after unbroken silence of that length', async () => {
    const meter = new VoiceMeter();
    const feed = feeder(meter);
    feed.voice(100);
    let isQuiet = false;
    const quiet = meter
      .waitForQuiet({ quietMs: 300, timeoutMs: 5000 })
      .then(() => (isQuiet = true));
    feed.silence(280);
    feed.voice(20);
    feed.silence(280);
    await vi.advanceTimersByTimeAsync(0);
    expect(isQuiet).toBe(false);
    feed.silence(20);
    await quiet;
  });

  it('goes by the clock when the track has gone, and is broken by the next track', async () => {
    const meter = new VoiceMeter();
    meter.push(frame(8000), RATE, performance.now());
    meter.trackEnded();
    await vi.advanceTimersByTimeAsync(200);
    expect(meter.quietMs).toBe(200);
    meter.push(frame(8000), RATE, performance.now());
    expect(meter.quietMs).toBe(0);
    meter.trackEnded();
    const quiet = meter.waitForQuiet({ quietMs: 300, timeoutMs: 1000 });
    await vi.advanceTimersByTimeAsync(300);
    await quiet;
  });
});
