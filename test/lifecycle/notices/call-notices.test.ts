import { describe, expect, it } from 'vitest';
import { CallNotices } from '../../../src/lifecycle/notices/call-notices.js';
import type { Heard } from '../../../src/lifecycle/notices/notice-player.js';
import type { TroubleEvent } from '../../../src/lifecycle/trouble.js';
import { settle } from '../fake-call.js';

const clip = (length: number) => ({ samples: new Int16Array(length), sampleRate: 16_000 });
const clips = { oneMoment: clip(1), lost: clip(2) };
const nobodyLeft = new AbortController().signal;

/** Notices on a player whose clips end when the test says so, or when they are cut. */
function speaking({ agentSpeaks = (): boolean => false, fails = false } = {}) {
  const playing: string[] = [];
  const told: TroubleEvent[] = [];
  const failures: unknown[] = [];
  let finish: (heard: Heard) => void = () => undefined;
  const notices = new CallNotices({
    clips,
    agentSpeaks,
    tell: (event) => told.push(event),
    failed: (error) => failures.push(error),
    player: {
      play: (one, signal) => {
        playing.push(one === clips.lost ? 'lost' : 'oneMoment');
        return fails
          ? Promise.reject(new Error('no track'))
          : new Promise<Heard>((resolve) => {
              finish = resolve;
              signal.addEventListener('abort', () => resolve('cut'));
            });
      },
      close: async () => void playing.push('closed'),
    },
  });
  return { notices, playing, told, failures, finish: () => finish('whole') };
}

describe('what a call says without its model', () => {
  it('says one thing at a time', async () => {
    const { notices, playing, finish, told } = speaking();
    const first = notices.oneMoment();
    await notices.oneMoment();
    finish();
    await first;
    expect(playing).toEqual(['oneMoment']);
    expect(told).toEqual([{ type: 'notice', notice: 'oneMoment', heard: 'whole' }]);
  });

  it('does not begin while the agent itself speaks, and falls silent when it does', async () => {
    let agentSpeaks = true;
    const { notices, playing, told } = speaking({ agentSpeaks: () => agentSpeaks });
    await notices.oneMoment();
    expect(playing).toEqual([]);
    agentSpeaks = false;
    const saying = notices.oneMoment();
    notices.hush();
    await saying;
    expect(told).toEqual([{ type: 'notice', notice: 'oneMoment', heard: 'cut' }]);
  });

  it('cuts a request for patience when the model is gone for good, and says that', async () => {
    const { notices, playing, told, finish } = speaking();
    void notices.oneMoment();
    const lost = notices.lost(nobodyLeft);
    await settle();
    finish();
    await lost;
    expect(playing).toEqual(['oneMoment', 'lost']);
    expect(told.map((event) => 'heard' in event && event.heard)).toEqual(['cut', 'whole']);
  });

  it('says the last word once, and nothing after it', async () => {
    const { notices, playing, finish } = speaking();
    const lost = notices.lost(nobodyLeft);
    await settle();
    await notices.lost(nobodyLeft);
    finish();
    await lost;
    await notices.oneMoment();
    expect(playing).toEqual(['lost']);
  });

  it('is cut in its last word when the caller leaves', async () => {
    const { notices, told } = speaking();
    const left = new AbortController();
    const lost = notices.lost(left.signal);
    await settle();
    left.abort();
    await lost;
    expect(told).toEqual([{ type: 'notice', notice: 'lost', heard: 'cut' }]);
  });

  it('falls silent before it lets go of the track', async () => {
    const { notices, playing, told } = speaking();
    void notices.oneMoment();
    await notices.close();
    expect(told).toHaveLength(1);
    expect(playing).toEqual(['oneMoment', 'closed']);
  });

  it('reports a clip that cannot be played, and never rejects', async () => {
    const { notices, failures } = speaking({ fails: true });
    await notices.oneMoment();
    await notices.lost(nobodyLeft);
    expect(failures).toHaveLength(2);
  });
});
