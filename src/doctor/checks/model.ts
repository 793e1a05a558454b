import { z } from 'zod';
import WebSocket from 'ws';
import type { Config } from '../../config/schema.js';
import { readRefusal } from '../../lifecycle/realtime/refusal.js';
import { parseJson } from '../../parse-json.js';
import { messageOf, type Check } from '../check.js';
import { well, wrong, type Finding } from '../finding.js';

const OPENAI = 'https://api.openai.com/v1';
const HANDSHAKE_MS = 10_000;

const message = z.object({
  type: z.string(),
  error: z.object({ code: z.string().nullish(), message: z.string() }).optional(),
});
const refusal = z.object({ error: z.object({ code: z.string().nullish(), message: z.string() }) });

/** Whether the realtime model opens a session, which costs nothing, and the text model answers, which costs a few tokens. */
export const model: Check = {
  name: 'model',
  async run(config, signal) {
    return [await realtime(config), await text(config, signal)];
  },
};

async function realtime({ openai }: Config): Promise<Finding> {
  const name = openai.realtimeModel;
  const problem = await openSession(openai);
  return problem === undefined
    ? well('realtime model', `${name} opens a session${openai.simulated ? ' (a simulator)' : ''}`)
    : wrong('realtime model', {
        what: `${name} cannot be used: ${problem}`,
        why: 'Every call would end as model-refused or model-unavailable.',
        fix: remedy(problem),
      });
}

/** Resolves with why no session can be opened, or nothing when one can. */
function openSession({ apiKey, baseURL, realtimeModel }: Config['openai']) {
  const url = new URL(`${(baseURL ?? OPENAI).replace(/^http/, 'ws').replace(/\/+$/, '')}/realtime`);
  url.searchParams.set('model', realtimeModel);
  return new Promise<string | undefined>((resolve) => {
    const socket = new WebSocket(url, {
      headers: { Authorization: `Bearer ${apiKey}` },
      handshakeTimeout: HANDSHAKE_MS,
    });
    const timer = setTimeout(() => done('it says nothing'), HANDSHAKE_MS);
    const done = (problem?: string): void => {
      clearTimeout(timer);
      resolve(problem);
      socket.terminate();
    };
    socket.on('error', (error) => done(error.message));
    socket.on('close', (code) => done(`it closed the connection (${code})`));
    socket.on('unexpected-response', (_request, response) => {
      void readRefusal(response).then((error) => done(error.message));
    });
    socket.on('message', (data: Buffer) => {
      const said = message.safeParse(parseJson(data.toString())).data;
      done(
        said?.type === 'session.created'
          ? undefined
          : (said?.error?.message ?? `it said ${said?.type ?? 'something that is no event'}`),
      );
    });
  });
}

async function text({ openai }: Config, signal: AbortSignal): Promise<Finding> {
  const { reportModel } = openai;
  const problem = await askForAWord(openai, signal).catch(messageOf);
  if (problem === undefined) {
    return well('text model', `${reportModel} answers, and there is quota left`);
  }
  return wrong('text model', {
    what: `${reportModel} cannot be used: ${problem}`,
    why: 'Calls that end without a report would get one that says there is only a transcript; without quota no call can be held at all.',
    fix: remedy(problem),
  });
}

/** Resolves with why there is no answer, or nothing when there is one. */
async function askForAWord(
  { apiKey, baseURL, reportModel }: Config['openai'],
  signal: AbortSignal,
): Promise<string | undefined> {
  const response = await fetch(`${(baseURL ?? OPENAI).replace(/\/+$/, '')}/chat/completions`, {
    method: 'POST',
    signal,
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${apiKey}` },
    body: JSON.stringify({
      model: reportModel,
      messages: [{ role: 'user', content: 'Say ok.' }],
      max_completion_tokens: 16,
    }),
  });
  const answer: unknown = await response.json().catch(() => undefined);
  const error = refusal.safeParse(answer).data?.error;
  return response.ok
    ? undefined
    : `HTTP ${response.status} ${error?.code ?? ''} ${error?.message ?? ''}`.trim();
}

function remedy(problem: string): string {
  if (/quota|billing/i.test(problem)) {
    return 'Add credit to the account that OPENAI_API_KEY belongs to.';
  }
  if (/40[13]|api.?key|auth/i.test(problem)) {
    return 'Set OPENAI_API_KEY to a key of the service at OPENAI_BASE_URL that may use the model.';
  }
  return /404|model/i.test(problem)
    ? 'Set REALTIME_MODEL and REPORT_MODEL to models that this account can use.'
    : 'See whether OPENAI_BASE_URL (or OpenAI itself) can be reached from this machine.';
}
