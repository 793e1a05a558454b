import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { parseJson } from '../../parse-json.js';

const OPENAI = 'https://api.openai.com/v1';
const ATTEMPTS = 3;
const ATTEMPT_MS = 60_000;
const FIRST_WAIT_MS = 1_000;
/** A service may ask for a longer pause; by then a report without it is better. */
const LONGEST_WAIT_MS = 20_000;

export interface TextModelOptions {
  readonly apiKey: string;
  /** Undefined means OpenAI's own address. */
  readonly baseURL: string | undefined;
  readonly model: string;
  readonly fetch?: typeof fetch;
  /** Waits, or throws when `signal` aborts. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface Question<Answer> {
  readonly instructions: string;
  readonly material: string;
  /** The name that the service wants for the schema. */
  readonly name: string;
  readonly schema: z.ZodType<Answer>;
}

const completion = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
});

/** Nothing that another attempt would mend. */
class Refused extends Error {}
/** The service asks for a pause. */
class Later extends Error {
  constructor(
    message: string,
    readonly waitMs: number | undefined,
  ) {
    super(message);
  }
}

/**
 * Asks a text model for an answer of a given shape: chat completions with a strict JSON schema, which OpenAI and most
 * services like it understand. Three attempts at most, each of a minute at most, all of them within `signal`.
 *
 * @throws Error with why there is no answer; it contains nothing of the material.
 */
export async function askTextModel<Answer>(
  options: TextModelOptions,
  question: Question<Answer>,
  signal: AbortSignal,
): Promise<Answer> {
  const pause = options.wait ?? waitFor;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await askOnce(options, question, signal);
    } catch (error) {
      if (error instanceof Refused || attempt === ATTEMPTS || signal.aborted) {
        throw error;
      }
      const asked = error instanceof Later ? error.waitMs : undefined;
      await pause(Math.min(asked ?? FIRST_WAIT_MS * 4 ** (attempt - 1), LONGEST_WAIT_MS), signal);
    }
  }
}

async function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal });
}

async function askOnce<Answer>(
  { apiKey, baseURL, model, fetch: request = fetch }: TextModelOptions,
  { instructions, material, name, schema }: Question<Answer>,
  signal: AbortSignal,
): Promise<Answer> {
  const response = await request(`${(baseURL ?? OPENAI).replace(/\/+$/, '')}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(ATTEMPT_MS)]),
    body: JSON.stringify({
      model,
      messages: [
        { role: 'system', content: instructions },
        { role: 'user', content: material },
      ],
      response_format: {
        type: 'json_schema',
        json_schema: { name, strict: true, schema: strictSchema(schema) },
      },
    }),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw refusalFor(response);
  }
  const { message } = completion.parse(await readBody(response)).choices[0] ?? { message: {} };
  if (typeof message.content !== 'string') {
    throw new Refused(`${model} refuses to answer`);
  }
  const answer = schema.safeParse(parseJson(message.content));
  if (!answer.success) {
    const where = answer.error.issues.map(({ path, code }) => `${path.join('.')} ${code}`);
    throw new Error(`${model} answers in another shape: ${where.slice(0, 5).join(', ')}`);
  }
  return answer.data;
}

/** An error of the parser would repeat a part of what the model wrote. */
async function readBody(response: Response): Promise<unknown> {
  return parseJson(await response.text());
}

/** The service's own words are left out: they may repeat what it was asked. */
function refusalFor({ status, headers }: Response): Error {
  const message = `the text model's service answers ${status}`;
  if (status === 408 || status === 409 || status === 429 || status >= 500) {
    const seconds = Number(headers.get('retry-after') ?? Number.NaN);
    return new Later(message, Number.isFinite(seconds) ? Math.max(0, seconds * 1_000) : undefined);
  }
  return new Refused(message);
}

/** A strict schema may not bound lengths and numbers; what breaks the bounds is found when the answer is read. */
function strictSchema(schema: z.ZodType): unknown {
  return withoutBounds(z.toJSONSchema(schema));
}

const BOUNDS = new Set([
  '$schema',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minimum',
  'maximum',
  'format',
  'pattern',
]);

function withoutBounds(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutBounds);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([key, bound]) => !(BOUNDS.has(key) && typeof bound !== 'object'))
          .map(([key, inner]) => [key, withoutBounds(inner)]),
      )
    : value;
}
