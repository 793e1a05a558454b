import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Attendance } from '../../src/lifecycle/attendance.js';
import type { CallStateName } from '../../src/lifecycle/call-state.js';
import { SOUND } from './support/limits.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const left = { reason: 'caller-left', why: 'client-initiated' } as const;
const SILENCE_MS = SOUND.silenceMs;

/** A call that talks; what the agent is asked to say is in `said`. */
function talking() {
  const session = new EventEmitter();
  const said: string[] = [];
  const state: { name: CallStateName; sinceMs: number } = { name: 'talking', sinceMs: 0 };
  const lifecycle = { end: vi.fn(), happened: vi.fn(), state };
  const experience = { callerAway: vi.fn(), callerBack: vi.fn(), isCallersTurn: true };
  const call = {
    on: session.on.bind(session),
    reply: (instructions: string) => {
      said.push(instructions);
      return { waitForPlayout: async () => undefined };
    },
    hush: vi.fn(),
    deafen: vi.fn(),
    quiet: vi.fn(async () => undefined),
    isSpeaking: false,
  };
  const attendance = new Attendance({
    // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- a fake has only what is used
    call: call as never,
    lifecycle,
    experience,
    data: 'Sam',
    cues: {
      standing: (data) => `standing of ${data}`,
      welcomeBack: (data) => `welcome back ${data}`,
      nudge: (data, number, of) => `nudge ${data} ${number}/${of}`,
      timeHint: (data, leftMs) => `${data}, ${leftMs} ms left`,
      goodbye: (data, reason) => `goodbye ${data}: ${reason}`,
    },
    limits: SOUND,
    log: { info: vi.fn(), warn: vi.fn(), error: vi.fn() },
  });
  attendance.attach();
  attendance.onState({ name: 'greeting', sinceMs: 0 });
  session.emit('agent_state_changed', { newState: 'listening' });
  return { attendance, call, lifecycle, experience, session, said, state };
}

describe('a silent caller', () => {
  it('is spoken to twice, and then the call ends as caller-silent', () => {
    const { said, lifecycle } = talking();
    vi.advanceTimersByTime(SILENCE_MS);
    expect(said).toEqual(['nudge Sam 1/2']);
    vi.advanceTimersByTime(SILENCE_MS);
    expect(said).toEqual(['nudge Sam 1/2', 'nudge Sam 2/2']);
    expect(lifecycle.end).not.toHaveBeenCalled();
    vi.advanceTimersByTime(SILENCE_MS);
    expect(lifecycle.end.mock.calls[0]?.[0]).toBe('caller-silent');
    expect(lifecycle.happened.mock.calls).toEqual([
      [{ type: 'caller-nudged', number: 1, of: 2 }],
      [{ type: 'caller-nudged', number: 2, of: 2 }],
    ]);
  });

  it('begins anew with every word of theirs', () => {
    const { said, attendance, lifecycle } = talking();
    vi.advanceTimersByTime(SILENCE_MS);
    attendance.heard('caller');
    vi.advanceTimersByTime(2 * SILENCE_MS);
    expect(said).toEqual(['nudge Sam 1/2', 'nudge Sam 1/2', 'nudge Sam 2/2']);
    expect(lifecycle.end).not.toHaveBeenCalled();
  });

  it('has all of their time from the agent’s last word on', () => {
    const { said, attendance } = talking();
    vi.advanceTimersByTime(SILENCE_MS - 1_000);
    attendance.heard('agent');
    vi.advanceTimersByTime(SILENCE_MS - 1_000);
    expect(said).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(said).toHaveLength(1);
  });

  it.each([
    [
      'the agent thinks',
      ({ session }: ReturnType<typeof talking>) =>
        session.emit('agent_state_changed', { newState: 'thinking' }),
    ],
    [
      'something is due, or they are away',
      ({ experience }: ReturnType<typeof talking>) => (experience.isCallersTurn = false),
    ],
    ['the model is away', ({ state }: ReturnType<typeof talking>) => (state.name = 'recovering')],
    ['the agent speaks', ({ call }: ReturnType<typeof talking>) => (call.isSpeaking = true)],
  ])('is not spoken to while %s', (_what, happen) => {
    const one = talking();
    happen(one);
    vi.advanceTimersByTime(10 * SILENCE_MS);
    expect(one.said).toEqual([]);
    expect(one.lifecycle.end).not.toHaveBeenCalled();
  });
});

describe('a caller who goes and comes back', () => {
  it('hears a welcome, with where the conversation stands; what was being said is cut', () => {
    const { attendance, call, experience, said } = talking();
    attendance.callerAway(left);
    expect(call.hush).toHaveBeenCalledOnce();
    expect(experience.callerAway).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(10_000);
    attendance.callerBack();
    expect(experience.callerBack).toHaveBeenCalledOnce();
    expect(said).toEqual(['welcome back Sam\nstanding of Sam']);
  });

  it('is told nothing while they are away', () => {
    const { attendance, session } = talking();
    const speechHandle = { interrupt: vi.fn() };
    session.emit('speech_created', { speechHandle });
    expect(speechHandle.interrupt).not.toHaveBeenCalled();
    attendance.callerAway(left);
    session.emit('speech_created', { speechHandle });
    expect(speechHandle.interrupt).toHaveBeenCalledOnce();
  });

  it('is not welcomed to a call that is ending', () => {
    const { attendance, state, said } = talking();
    attendance.callerAway(left);
    state.name = 'wrapping-up';
    attendance.callerBack();
    expect(said).toEqual([]);
  });
});

describe('the time of a call', () => {
  it('is told to the model before it is up, and then the call ends as time-limit, whoever is there', () => {
    const { attendance, lifecycle } = talking();
    const agent = { instructions: 'Be brief.', updateInstructions: vi.fn(async () => undefined) };
    attendance.follow(agent);
    attendance.callerAway(left);
    attendance.callerBack();
    vi.advanceTimersByTime(SOUND.maxDurationMs - SOUND.timeHintMs);
    expect(agent.updateInstructions.mock.calls).toEqual([['Be brief.\n\nSam, 180000 ms left']]);
    expect(lifecycle.happened).toHaveBeenCalledWith({ type: 'time-hint', leftMs: 180_000 });
    vi.advanceTimersByTime(SOUND.timeHintMs);
    expect(lifecycle.end.mock.calls.map(([reason]) => String(reason))).toContain('time-limit');
  });

  it('does not end a call that ends already', () => {
    const { attendance, lifecycle } = talking();
    attendance.onState({ name: 'wrapping-up', sinceMs: 0, reason: 'completed' });
    vi.advanceTimersByTime(SOUND.maxDurationMs);
    expect(lifecycle.end).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the goodbye of an agent that ends the call', () => {
  it('cannot be talked over', async () => {
    const { attendance, call, said } = talking();
    await attendance.goodbye('time-limit');
    expect(call.deafen).toHaveBeenCalledOnce();
    expect(said).toEqual(['goodbye Sam: time-limit']);
  });

  it('waits for what is being said no longer than half of the time', async () => {
    const { attendance, call, said } = talking();
    call.quiet.mockImplementation(() => new Promise(() => undefined));
    const over = attendance.goodbye('caller-silent');
    await vi.advanceTimersByTimeAsync(SOUND.wrapUpMs / 2);
    await over;
    expect(call.hush).toHaveBeenCalledOnce();
    expect(said).toEqual(['goodbye Sam: caller-silent']);
  });

  it('is said to nobody', async () => {
    const { attendance, said } = talking();
    attendance.callerAway(left);
    await attendance.goodbye('time-limit');
    expect(said).toEqual([]);
  });
});
