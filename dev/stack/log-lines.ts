import { z } from 'zod';

/** One line of a JSON log (pino): its message and whatever else was logged with it. */
export type LogLine = Readonly<Record<string, unknown>>;

const logLine = z.record(z.string(), z.unknown());

/** The lines that are JSON objects, parsed. Others (a stack trace, a native library's word) are left out. */
export function parseLogLines(lines: readonly string[]): LogLine[] {
  return lines.map(parseLogLine).filter((line) => line !== null);
}

function parseLogLine(line: string): LogLine | null {
  if (!line.startsWith('{')) {
    return null;
  }
  try {
    return logLine.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
