import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { candidate, type Candidate } from './candidate.js';
import { parseJson } from '../parse-json.js';

/** More than any candidate's file; nobody is to fill our memory. */
const MOST_BYTES = 65_536;

/** Before the second and the third try. */
const PAUSES_MS = [250, 500] as const;

/** Why there is nothing to know of a candidate. The message holds nothing of what others wrote. */
export class CandidateError extends Error {
  override readonly name = 'CandidateError';
  /** Whether asking again may help. */
  readonly isPassing: boolean;

  constructor(
    message: string,
    { isPassing = false, cause }: ErrorOptions & { isPassing?: boolean } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.isPassing = isPassing;
  }
}

/** Looks one candidate up, by an id that was checked. @throws CandidateError */
export type CandidateSource = (id: string, signal: AbortSignal) => Promise<Candidate>;

/** Candidates as files: `<dir>/<id>.json`. */
export function candidateFolder(dir: string): CandidateSource {
  return async (id) => {
    const file = await open(join(dir, `${id}.json`)).catch((cause: unknown) => {
      throw new CandidateError('there is no file of that candidate', { cause });
    });
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(MOST_BYTES + 1));
      return read(buffer.subarray(0, bytesRead));
    } finally {
      await file.close();
    }
  };
}

export interface CandidateApi {
  /** The id is appended to it, after a slash. */
  readonly url: string;
  /** Sent as a bearer token. */
  readonly token: string | undefined;
  /** For one try, its answer's body included. */
  readonly timeoutMs: number;
}

/** Candidates of a service: `GET <url>/<id>`. Tried three times at most; 404 is an answer. */
export function candidateApi({ url, token, timeoutMs }: CandidateApi): CandidateSource {
  const ask = async (id: string, signal: AbortSignal): Promise<Candidate> => {
    const response = await fetch(`${url.replace(/\/+$/, '')}/${encodeURIComponent(id)}`, {
      headers: { accept: 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      // The token is for this address and no other.
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new CandidateError(`the service answers with ${response.status}`, {
        isPassing: response.status === 429 || response.status >= 500,
      });
    }
    return read(await bodyOf(response));
  };
  return async (id, signal) => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await ask(id, signal);
      } catch (error) {
        const told = asCandidateError(error);
        const pauseMs = PAUSES_MS[tries];
        if (!told.isPassing || pauseMs === undefined || signal.aborted) {
          throw told;
        }
        await setTimeout(pauseMs);
      }
    }
  };
}

/** What `fetch` throws is about the way to the service. */
function asCandidateError(error: unknown): CandidateError {
  return error instanceof CandidateError
    ? error
    : new CandidateError('the service cannot be reached, or is too slow', {
        isPassing: true,
        cause: error,
      });
}

/** No more of it than is needed to see that it is too long. */
async function bodyOf({ body }: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = body?.getReader();
  while (bytes <= MOST_BYTES) {
    const { value } = (await reader?.read()) ?? {};
    if (value === undefined) {
      break;
    }
    chunks.push(value);
    bytes += value.length;
  }
  await reader?.cancel();
  return Buffer.concat(chunks);
}

function read(bytes: Buffer): Candidate {
  if (bytes.length > MOST_BYTES) {
    throw new CandidateError(`what is known of the candidate is longer than ${MOST_BYTES} bytes`);
  }
  const parsed = candidate.safeParse(parseJson(bytes.toString('utf8')));
  if (!parsed.success) {
    const where = parsed.error.issues.map(({ path }) => path.join('.') || 'all of it').join(', ');
    throw new CandidateError(`what is known of the candidate makes no sense (${where})`);
  }
  return parsed.data;
}
