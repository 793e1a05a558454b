import { initializeLogger, voice } from '@livekit/agents';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { CallError } from '../../../src/lifecycle/errors.js';
import { connectionListener } from '../../../src/lifecycle/connection-listener.js';
import { createSession } from '../../../src/lifecycle/create-session.js';
import { ConnectionError, GaveUpError } from '../../../src/lifecycle/realtime/connection-error.js';
import { Supervised } from './support/supervised.js';

/** What AgentSession makes of it. */

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

function sessionOn(call: Supervised) {
  const session = createSession(
    { model: {}, maxModelSessionMs: 60_000, session: {} },
    call.model,
    undefined,
  );
  const errors: voice.ErrorEvent[] = [];
  session.on(voice.AgentSessionEventTypes.Error, (event) => void errors.push(event));
  return { session, errors };
}

describe('a guarded model in an AgentSession', () => {
  it('tells of a refusal that comes before AgentSession listens', async () => {
    await using call = await Supervised.start({}, 'sk-wrong-key');
    const { session, errors } = sessionOn(call);
    call.model.open();
    await call.until(() => call.gaveUp.length === 1);
    await session.start({ agent: new voice.Agent({ instructions: 'Be brief.' }), record: false });
    await call.until(() => errors.length > 0);
    const [told] = errors.map(({ error }) => ('error' in error ? error.error : error));
    expect(told).toBeInstanceOf(GaveUpError);
    expect(errors).toHaveLength(1);
    await session.close();
    expect(call.attempts).toBe(1);
  });

  it('speaks again after a drop in the middle of a reply', async () => {
    await using call = await Supervised.start();
    const { session } = sessionOn(call);
    call.begin();
    await session.start({ agent: new voice.Agent({ instructions: 'Be brief.' }), record: false });
    await call.connected();
    call.simulator.faults.add({ fault: 'drop-in-response', on: 'current', afterAudioMs: 200 });
    await session.generateReply({ instructions: 'Greet.' }).waitForPlayout();
    await call.until(() => call.reconnected.length === 1);
    const reply = session.generateReply({ instructions: 'Go on.' });
    await reply.waitForPlayout();
    expect(reply.chatItems.length).toBeGreaterThan(0);
    await session.close();
    await call.until(() => call.open === 0);
  });
});

describe('the connection listener of a call', () => {
  const lost = new ConnectionError('cut', { category: 'connectivity' });
  const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const experience = { replyOutstanding: vi.fn(), replyFailed: vi.fn(), replyLost: vi.fn() };

  it('ends the call for a refusal as model-refused, else as model-unavailable, with the category', () => {
    const report = vi.fn<(error: CallError, recoverable: boolean) => void>();
    const listener = connectionListener(
      { recovering: vi.fn(), recovered: vi.fn(), report, trouble: vi.fn(), happened: vi.fn() },
      experience,
      log,
    );
    const refused = new ConnectionError('no', { category: 'quota', fatal: true });
    listener.gaveUp(new GaveUpError('no', refused));
    listener.gaveUp(new GaveUpError('4 attempts', lost));
    expect(report.mock.calls).toMatchObject([
      [{ code: 'MODEL_REFUSED', category: 'quota' }, false],
      [{ code: 'MODEL_FAILED', category: 'connectivity' }, false],
    ]);
  });

  it('is recovering from the first attempt until the connection is back, and not while it is renewed', () => {
    const told: string[] = [];
    const listener = connectionListener(
      {
        recovering: (cause) => void told.push(`recovering: ${cause}`),
        recovered: () => void told.push('recovered'),
        report: vi.fn(),
        trouble: ({ type }) => void told.push(type),
        happened: ({ type }) => void told.push(type),
      },
      experience,
      log,
    );
    listener.reconnecting({ attempt: 1, of: 4, delayMs: 0, cause: lost });
    listener.reconnected({ downMs: 12 });
    listener.renewed({ downMs: 90, isQuiet: true });
    expect(told).toEqual([
      'recovering: cut',
      'reconnecting',
      'recovered',
      'reconnected',
      'model-renewed',
    ]);
  });
});
