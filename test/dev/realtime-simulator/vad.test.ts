import { describe, expect, it } from 'vitest';
import { Vad, type VadEvent } from '../../../dev/realtime-simulator/audio/vad.js';
import { joined, silence, tone } from './support/sounds.js';

const settings = { threshold: 0.5, prefixPaddingMs: 300, silenceDurationMs: 500 };

function heard(samples: Int16Array, over: Partial<typeof settings> = {}, cut = 2400): VadEvent[] {
  const vad = new Vad({ ...settings, ...over });
  const events: VadEvent[] = [];
  for (let at = 0; at < samples.length; at += cut) {
    events.push(...vad.push(samples.subarray(at, at + cut)));
  }
  return events;
}

describe('Vad', () => {
  const utterance = joined(silence(1000), tone(600), silence(1000));

  it('reports where speech begins, with the padding, and where silence has lasted long enough', () => {
    expect(heard(utterance)).toEqual([
      { type: 'started', audioStartMs: 700 },
      { type: 'stopped', audioEndMs: 2100 },
    ]);
  });

  it('answers the same however the samples are cut', () => {
    const whole = heard(utterance);
    expect(heard(utterance, {}, 1)).toEqual(whole);
    expect(heard(utterance, {}, 7777)).toEqual(whole);
  });

  it('waits as long as silence_duration_ms says', () => {
    expect(heard(utterance, { silenceDurationMs: 200 })[1]).toEqual({
      type: 'stopped',
      audioEndMs: 1800,
    });
    expect(heard(utterance, { silenceDurationMs: 1200 })).toHaveLength(1);
  });

  it('needs more energy at a higher threshold', () => {
    const quiet = joined(tone(600, 900), silence(1000)); // RMS about 640
    expect(heard(quiet)).toHaveLength(2);
    expect(heard(quiet, { threshold: 0.9 })).toEqual([]);
  });

  it('takes neither a click nor silence for speech, even at threshold 0', () => {
    expect(heard(joined(silence(500), tone(60), silence(1000)))).toEqual([]);
    expect(heard(silence(2000), { threshold: 0 })).toEqual([]);
  });

  it('hears one word where a consonant closes the mouth for 60 ms', () => {
    const word = joined(tone(80), silence(60), tone(80), silence(1000));
    expect(heard(word)).toHaveLength(2);
  });

  it('hears two turns where the pause is long', () => {
    const two = joined(tone(400), silence(600), tone(400), silence(600));
    expect(heard(two).map((event) => event.type)).toEqual([
      'started',
      'stopped',
      'started',
      'stopped',
    ]);
  });

  it('does not pad into the turn before', () => {
    const two = joined(tone(400), silence(600), tone(400), silence(600));
    expect(heard(two)[2]).toEqual({ type: 'started', audioStartMs: 900 });
  });

  it('forgets a speech that has begun, and keeps the time', () => {
    const vad = new Vad(settings);
    vad.push(tone(400));
    vad.forget();
    expect(vad.speaking).toBe(false);
    expect(vad.push(joined(silence(1000), tone(200)))).toEqual([
      { type: 'started', audioStartMs: 1100 },
    ]);
  });
});
