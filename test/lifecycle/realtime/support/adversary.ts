import { llm, voice } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { defects, elapsed, within } from './defects.js';
import { createSession } from '../../../../src/lifecycle/create-session.js';
import type { AnyFault } from './any-fault.js';
import { ClientSockets } from './client-sockets.js';
import { impatient, said, Supervised } from './supervised.js';

/** The adversary's two faults, and when they come. */
export interface Attack {
  readonly first: AnyFault;
  readonly second: AnyFault;
  readonly firstAfterMs: number;
  readonly secondAfterMs: number;
}

/** What a call made of an attack. `broken` is what must never be. */
export interface Survived {
  readonly end: 'gave up' | 'talks on';
  readonly why: string;
  readonly attempts: number;
  readonly tookMs: number;
  readonly broken: readonly string[];
}

const LASTS_MS = 1_000;
const HEALS_WITHIN_MS = 8_000;
const CLOSES_WITHIN_MS = 3_000;

/** A call on a guarded model in an AgentSession, attacked for a second and then left in peace. */
export async function survive(attack: Attack): Promise<Survived> {
  const startedMs = Date.now();
  const broken: string[] = [];
  const sockets = new ClientSockets();
  const call = await Supervised.start(impatient);
  const told: string[] = [];
  try {
    const { simulator } = call;
    sockets.watch(Number(new URL(simulator.url).port));
    const session = createSession<unknown>(
      { model: {}, maxModelSessionMs: 60_000, session: {} },
      call.model,
      undefined,
    );
    session.on(
      voice.AgentSessionEventTypes.Error,
      (event) => void told.push(describe(event.error)),
    );
    let closed = 0;
    session.on(voice.AgentSessionEventTypes.Close, () => void (closed += 1));
    call.begin();
    await session.start({
      agent: new voice.Agent({ instructions: 'Be brief.', chatCtx: anchored() }),
      record: false,
    });
    await call.until(() => call.open === 1);

    const over = new AbortController();
    const talking = talk(call, session, over.signal);
    const begin = (fault: AnyFault): void => {
      try {
        simulator.faults.addUnchecked(fault);
      } catch {
        // No connection is open: then for the next one.
        simulator.faults.addUnchecked({ ...fault, on: 'next' });
      }
    };
    await Promise.all([
      elapsed(attack.firstAfterMs).then(() => begin(attack.first)),
      elapsed(attack.secondAfterMs).then(() => begin(attack.second)),
      elapsed(LASTS_MS),
    ]);
    simulator.faults.clear();
    over.abort();
    await talking;

    await call
      .until(() => call.gaveUp.length > 0 || isWell(call), HEALS_WITHIN_MS)
      .catch(() =>
        broken.push(`neither well nor over: ${call.session.guard.supervisor.state.name}`),
      );
    if (call.gaveUp.length === 0) {
      await heals(call).catch((error: unknown) => broken.push(String(error)));
    }
    await call
      .until(() => closed === call.gaveUp.length, CLOSES_WITHIN_MS)
      .catch(() => broken.push(`gave up ${call.gaveUp.length} times, closed ${closed} times`));
    await within(session.close(), CLOSES_WITHIN_MS).catch(() =>
      broken.push('the AgentSession does not close'),
    );
    await within(call.model.close(), CLOSES_WITHIN_MS).catch(() =>
      broken.push('the model does not close'),
    );
    await call.until(() => sockets.open === 0, 2_000).catch(() => broken.push('a socket is left'));
  } catch (error) {
    broken.push(`the test itself failed: ${String(error)}`);
  }
  const attempts = call.attempts;
  broken.push(...defects(call, sockets, told));
  call.unhandled.mockClear();
  sockets.stop();
  await call[Symbol.asyncDispose]();
  return {
    end: call.gaveUp.length > 0 ? 'gave up' : 'talks on',
    why: (call.gaveUp[0]?.message ?? '').slice(0, 200),
    attempts,
    tookMs: Date.now() - startedMs,
    broken,
  };
}

function anchored(): llm.ChatContext {
  return new llm.ChatContext([said('anchor', 'user', 'My name is Ada.')]);
}

function isWell({ session: { guard } }: Supervised): boolean {
  return guard.supervisor.state.name === 'open' && !guard.reconnecting;
}

/** Replies, interruptions, new instructions and a caller's noise, all through the attack. */
async function talk(
  call: Supervised,
  session: voice.AgentSession,
  over: AbortSignal,
): Promise<void> {
  const noise = Int16Array.from({ length: 2_400 }, (_, n) => (n % 40 < 20 ? 9_000 : -9_000));
  for (let n = 0; !over.aborted; n += 1) {
    try {
      if (n % 3 === 0) {
        session.generateReply({ instructions: `Say ${n}.` });
      } else if (n % 7 === 5) {
        void session.interrupt();
      } else if (n % 5 === 4) {
        void call.session.updateInstructions(`Instructions ${n}`).catch(() => undefined);
      }
      call.session.pushAudio(
        new AudioFrame(n % 4 < 2 ? noise : new Int16Array(2_400), 24_000, 1, 2_400),
      );
    } catch {
      // The session may be closed by now.
    }
    await elapsed(60, over).catch(() => undefined);
  }
}

/** A service that does its duty again is answered from in full, and knows the conversation. */
async function heals(call: Supervised): Promise<void> {
  const endMs = Date.now() + HEALS_WITHIN_MS;
  let got = 0;
  while (Date.now() < endMs && call.gaveUp.length === 0) {
    got = await within(call.reply(), 5_000).catch(() => 0);
    if (got === 24_000) {
      const known = call.session.chatCtx.items.map(({ id }) => id);
      if (!known.includes('anchor')) {
        throw new Error('the conversation is lost');
      }
      return;
    }
    await elapsed(50);
  }
  if (call.gaveUp.length === 0) {
    throw new Error(
      `no reply in peace: ${got} samples, ${call.session.guard.supervisor.state.name}`,
    );
  }
}

function describe(error: voice.ErrorEvent['error']): string {
  return 'error' in error ? `${String(error.error)} ${error.error.stack ?? ''}` : String(error);
}
