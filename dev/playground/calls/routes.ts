import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import { PANEL_GRANT } from '../../../src/telemetry/panel/grant.js';
import { callerToken } from '../../stack/token.js';
import type { NewCall } from '../contract.js';
import { browserUrl, type PlaygroundOptions } from '../options.js';
import { clientOf, RateLimit } from '../rate-limit.js';
import { RoomAgents } from './agent.js';
import { bodyOf, limitedBody, refused } from './body.js';
import { CALL_FILE_NAMES, callFile } from './files.js';
import { Passes, type Seat } from './pass.js';

const CALLS_PER_MINUTE = 10;
/** Coming back, sending the agent again, taking a file along. */
const REQUESTS_PER_MINUTE = 60;

const pass = z.string().min(1).max(2048);
const passOnly = z.strictObject({ pass });
const fileRequest = z.strictObject({
  pass,
  callId: z.string().min(1).max(128),
  file: z.enum(CALL_FILE_NAMES),
});

/** The page's calls: a new one, the way back into one, another try to send the agent, and what it leaves behind. */
export function calls(options: PlaygroundOptions): Hono {
  const { livekit, agentName, interviews, candidates = [], developer, records } = options;
  const { behindProxy = false } = options;
  const newCalls = new RateLimit({ limit: CALLS_PER_MINUTE, windowMs: 60_000 });
  const others = new RateLimit({ limit: REQUESTS_PER_MINUTE, windowMs: 60_000 });
  const passes = new Passes(livekit.apiSecret);
  const agents = new RoomAgents(options);
  const newCall = newCallRequest(
    interviews.map(({ id }) => id),
    candidates.map(({ id }) => id),
  );
  const app = new Hono();
  app.use(limitedBody);

  /** @param agent sent into the room when this join creates it */
  const answer = async (seat: Seat, agent?: string): Promise<NewCall> => {
    const { room, identity, name, metadata } = seat;
    const token = await callerToken({
      livekit,
      room,
      identity,
      ...(name === '' ? {} : { name }),
      ...(developer === undefined ? {} : { attributes: PANEL_GRANT }),
      ...(agent === undefined ? {} : { agentName: agent, metadata }),
    });
    return { url: browserUrl(options), token, room, pass: await passes.issue(seat) };
  };
  const seatOf = async (text: string): Promise<Seat> => {
    const seat = await passes.read(text);
    if (seat === null) {
      throw refused(403, 'That is no pass of this page, or it is too old.');
    }
    return seat;
  };

  app.post('/', async (context) => {
    const { interview, candidate, name = '' } = await bodyOf(context, newCall);
    take(newCalls, clientOf(context, behindProxy), 'Too many calls were started.');
    const seat: Seat = {
      room: `call-${randomUUID()}`,
      identity: `caller-${randomUUID()}`,
      name,
      metadata: JSON.stringify({ interview, ...(candidate === undefined ? {} : { candidate }) }),
    };
    return context.json(await answer(seat, agentName), 201);
  });
  app.post('/rejoin', async (context) => {
    const body = await bodyOf(context, passOnly);
    take(others, clientOf(context, behindProxy), 'That was asked for too often.');
    const seat = await seatOf(body.pass);
    if (!(await agents.isThere(seat.room))) {
      throw refused(410, 'That call is over.');
    }
    return context.json(await answer(seat));
  });
  app.post('/agent', async (context) => {
    const body = await bodyOf(context, passOnly);
    take(others, clientOf(context, behindProxy), 'That was asked for too often.');
    if (!(await agents.sendAgain(await seatOf(body.pass)))) {
      throw refused(410, 'That call is over.');
    }
    return context.body(null, 204);
  });
  app.post('/file', async (context) => {
    const { pass: text, callId, file } = await bodyOf(context, fileRequest);
    take(others, clientOf(context, behindProxy), 'That was asked for too often.');
    const seat = await seatOf(text);
    const found = await callFile(records, { room: seat.room, callId, file });
    if (found === 'not-yet') {
      return context.body(null, 202);
    }
    return context.body(found.content, 200, { 'content-type': found.type });
  });
  return app;
}

function newCallRequest(interviews: readonly string[], candidates: readonly string[]) {
  return z.strictObject({
    interview: z.enum(interviews, `must be one of: ${interviews.join(', ')}`),
    candidate: z.enum(candidates, 'is nobody this page knows').optional(),
    name: z
      .string()
      .trim()
      .max(80, 'may have 80 characters at most')
      .regex(/^\P{Cc}*$/u, 'has characters that no name has')
      .optional(),
  });
}

/** @throws HTTPException 429, with the seconds to wait. */
function take(limit: RateLimit, client: string, what: string): void {
  const waitMs = limit.take(client);
  if (waitMs > 0) {
    const seconds = Math.ceil(waitMs / 1000);
    throw refused(429, `${what} Try again in ${seconds} s.`, { 'Retry-After': String(seconds) });
  }
}
