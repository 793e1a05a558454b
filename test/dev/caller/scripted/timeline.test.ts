import { describe, expect, it } from 'vitest';
import { describeEvent, type CallEvent } from '../../../../dev/caller/scripted/timeline.js';

describe('the timeline', () => {
  it.each<[CallEvent, string]>([
    [{ atMs: 530, type: 'joined', room: 'r' }, '   0.53 s  joined r'],
    [{ atMs: 1200, type: 'first-word' }, '   1.20 s  first word heard'],
    [
      { atMs: 5000, type: 'replied', turn: 2, heardMs: 2100.4, replyAfterMs: 800 },
      '   5.00 s  turn 2: reply after 800 ms, 2100 ms of voice',
    ],
    [
      { atMs: 5000, type: 'replied', turn: 2, heardMs: 0, replyAfterMs: null },
      '   5.00 s  turn 2: no reply',
    ],
    [
      { atMs: 65_000, type: 'interrupted', turn: 2, afterMs: 312 },
      '  65.00 s  turn 2: interrupted; the agent was silent after 312 ms',
    ],
    [{ atMs: 70_000, type: 'outcome', outcome: null }, '  70.00 s  outcome: none'],
  ])('says %o in a line', (event, line) => {
    expect(describeEvent(event)).toBe(line);
  });
});
