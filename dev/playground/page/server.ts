import type { NewCall, Offer } from '../contract.js';

export type { NewCall, Offer };

const HTTP_ACCEPTED = 202;

/** What the server refused, in its words. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';

  /** @param status of HTTP; 0 when the server did not answer at all */
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** What may be asked of the server that serves this page. Each answers, or throws a RefusedError. */
export const server = {
  offer: (): Promise<Offer> => get('/api/playground'),
  enter: (code: string): Promise<void> => post('/api/access', { code }),
  newCall: (call: { interview: string; name: string; candidate?: string }): Promise<NewCall> =>
    post('/api/calls', call),
  rejoin: (pass: string): Promise<NewCall> => post('/api/calls/rejoin', { pass }),
  sendAgent: (pass: string): Promise<void> => post('/api/calls/agent', { pass }),
  file: async (request: {
    pass: string;
    callId: string;
    file: 'transcript' | 'report';
  }): Promise<Blob | 'not-yet'> => {
    const response = await ask('/api/calls/file', asJson(request));
    return response.status === HTTP_ACCEPTED ? 'not-yet' : response.blob();
  },
};

export async function get<T>(path: string): Promise<T> {
  return answerOf<T>(await ask(path));
}

export async function post<T>(path: string, body: object): Promise<T> {
  return answerOf<T>(await ask(path, asJson(body)));
}

export async function remove(path: string): Promise<void> {
  await ask(path, { method: 'DELETE' });
}

function asJson(body: object): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}

async function ask(path: string, request?: RequestInit): Promise<Response> {
  const response = await fetch(path, request).catch(() => undefined);
  if (response === undefined) {
    throw new RefusedError(0, 'The server does not answer.');
  }
  if (!response.ok) {
    const answer: unknown = await response.json().catch(() => null);
    const error =
      typeof answer === 'object' && answer !== null && 'error' in answer
        ? String(answer.error)
        : `HTTP ${response.status}`;
    throw new RefusedError(response.status, error);
  }
  return response;
}

async function answerOf<T>(response: Response): Promise<T> {
  // Our own server's answer, of the same version: its types are shared.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion
  return (response.status === 204 ? undefined : await response.json()) as T;
}
