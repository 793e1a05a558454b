import { log } from '@livekit/agents';
import type { Config } from '../config/schema.js';

/**
 * How log lines are written: `auto` means for people on a terminal and as JSON, one object a line, everywhere
 * else. (The framework alone would write for people in `dev` and JSON in `start`, wherever it is read.)
 */
export function logFormat(
  format: Config['log']['format'],
  isTerminal: boolean | undefined,
): 'pretty' | 'json' {
  if (format === 'auto') {
    return isTerminal === true ? 'pretty' : 'json';
  }
  return format;
}

/**
 * Takes secrets out of every line that this process logs, the framework's own lines included. To be called
 * again after each `initializeLogger`, which makes a new logger.
 *
 * Pino's own redaction knows names of fields, and has to be set where the logger is made, which is inside the
 * framework; so this stands in the logger's stream, where a line is text already.
 *
 * @throws Error when the logger has no such stream: better no worker than one that logs keys.
 */
export function redactLogs(redact: (line: string) => string): void {
  const stream = streamOf(log());
  const write = stream.write.bind(stream);
  stream.write = (line: unknown) => write(typeof line === 'string' ? redact(line) : line);
}

/** Logs an error, also before the framework has made its logger: then as text on standard error. */
export function logEarly(fields: object, message: string): void {
  try {
    log().error(fields, message);
  } catch {
    process.stderr.write(`${message} ${JSON.stringify(fields)}\n`);
  }
}

interface LineStream {
  write(line: unknown): unknown;
}

function streamOf(logger: object): LineStream {
  const symbol = Object.getOwnPropertySymbols(logger).find(
    ({ description }) => description === 'pino.stream',
  );
  const stream: unknown = symbol === undefined ? undefined : Reflect.get(logger, symbol);
  if (!isLineStream(stream)) {
    throw new Error(
      'The logger has no stream to redact; was pino upgraded? See telemetry/logger.ts.',
    );
  }
  return stream;
}

function isLineStream(value: unknown): value is LineStream {
  return typeof value === 'object' && value !== null && 'write' in value;
}
