import type { BenchPieces } from '../pieces.js';
import type { Subject } from '../subject.js';
import { call, GREETING, silenceBefore, sinceEpoch } from './call.js';

/** The way from a caller's joining to the agent's first word; all in milliseconds from the moment the caller began to join. */
export interface FirstWord {
  /** The caller is in the room, with a microphone. */
  readonly joinedMs: number;
  /** The agent asked the model's service for a connection, and had it. */
  readonly connectionAskedMs: number;
  readonly connectionOpenMs: number;
  /** The agent asked for its greeting. */
  readonly greetingAskedMs: number;
  /** The service sent the first audio. */
  readonly firstDeltaMs: number;
  /** The caller heard the first word; the silence that the greeting begins with is taken off. */
  readonly firstWordMs: number;
}

const HEARD_WITHIN_MS = 30_000;

/** Holds one call up to the first word. */
export async function measureFirstWord(pieces: BenchPieces, subject: Subject): Promise<FirstWord> {
  const silenceMs = await silenceBefore(GREETING);
  await using caller = await call(pieces, subject);
  const heardAtMs = await caller.agentVoice.waitForVoice({ timeoutMs: HEARD_WITHIN_MS });
  const joinedAt = sinceEpoch(caller.joinStartedAtMs);

  const { control } = pieces.simulator;
  const connections = await control.connections();
  const connection = connections.findLast(({ askedAt }) => askedAt >= joinedAt);
  if (connection === undefined) {
    throw new Error(`${subject.name} spoke without a connection to the model.`);
  }
  const events = await control.events({
    connection: connection.id,
    types: ['response.create', 'response.output_audio.delta'],
  });
  const first = (type: string): number =>
    (events.find((event) => event.type === type)?.at ?? Number.NaN) - joinedAt;
  return {
    joinedMs: caller.joinedAtMs - caller.joinStartedAtMs,
    connectionAskedMs: connection.askedAt - joinedAt,
    connectionOpenMs: (connection.openedAt ?? Number.NaN) - joinedAt,
    greetingAskedMs: first('response.create'),
    firstDeltaMs: first('response.output_audio.delta'),
    firstWordMs: heardAtMs - caller.joinStartedAtMs - silenceMs,
  };
}
