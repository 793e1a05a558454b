import { expect, test } from 'vitest';
import {
  damageOf,
  GAP_MS,
  ReplyMeter,
  type HeardReply,
} from '../../../dev/capacity/reply-meter.js';

const FRAME_MS = 20;

/** Hears voice (+) and silence (-), each so many milliseconds long. */
function heard(...partsMs: number[]): HeardReply {
  const meter = new ReplyMeter();
  for (const partMs of partsMs) {
    for (let atMs = 0; atMs < Math.abs(partMs); atMs += FRAME_MS) {
      meter.frame(partMs > 0, FRAME_MS);
    }
  }
  return meter.take();
}

const LINE = heard(1000, -40, 1000);

test('silence before and after a reply is none of it', () => {
  expect(heard(-800, 1000, -40, 1000, -600)).toEqual(LINE);
});

test('a reply as it should be has no damage', () => {
  expect(damageOf(LINE, LINE)).toEqual({ gapsMs: [], lostMs: 0 });
});

test('a silence that is longer than any of the line itself is a gap, as much of it as is too long', () => {
  const heardLate = heard(500, -200, 500, -40, 1000);
  expect(damageOf(heardLate, LINE)).toEqual({ gapsMs: [160], lostMs: 160 });
});

test('what is hardly longer is none', () => {
  expect(damageOf(heard(1000, -40 - GAP_MS, 1000), LINE).gapsMs).toEqual([]);
  expect(damageOf(heard(1000, -40 - GAP_MS - FRAME_MS, 1000), LINE).gapsMs).toEqual([80]);
});

test('words that are missing are lost, with or without a silence', () => {
  expect(damageOf(heard(1000, -40, 500), LINE)).toEqual({ gapsMs: [], lostMs: 500 });
});

test('a gap that took words away counts once', () => {
  const { lostMs } = damageOf(heard(700, -340, 1000), LINE);
  expect(lostMs).toBe(300);
});

test('the edges of words may move a little', () => {
  expect(damageOf(heard(960, -80, 960), LINE)).toEqual({ gapsMs: [], lostMs: 0 });
});

test('each reply is measured by itself', () => {
  const meter = new ReplyMeter();
  meter.frame(true, FRAME_MS);
  meter.frame(false, 500);
  meter.take();
  meter.frame(true, FRAME_MS);
  expect(meter.take()).toEqual({ heardMs: FRAME_MS, pausesMs: [] });
});
