import { join } from 'node:path';
import { runCalls } from '../../src/calls/run.js';
import { CommandError } from '../../src/calls/result.js';
import { SECRET } from '../records/delivery/support/outbox.js';

/** What `npm run calls -- …` prints and ends with. */
export async function calls(
  dataDir: string,
  args: readonly string[],
  webhook?: string,
): Promise<{ output: string; exitCode: number }> {
  const env = {
    DATA_DIR: dataDir,
    CANDIDATES_DIR: join(dataDir, 'candidates'),
    ...(webhook === undefined
      ? {}
      : { REPORT_WEBHOOK_URL: webhook, REPORT_WEBHOOK_SECRET: SECRET }),
  };
  try {
    return await runCalls(args, env);
  } catch (error) {
    if (error instanceof CommandError) {
      return { output: error.message, exitCode: error.exitCode };
    }
    throw error;
  }
}

/** The same as JSON. */
export async function json(
  dataDir: string,
  args: readonly string[],
  webhook?: string,
): Promise<unknown> {
  const { output } = await calls(dataDir, [...args, '--json'], webhook);
  return JSON.parse(output);
}

let seq = 0;

/** Lines of a journal, each at so many milliseconds after noon. */
export function journal(entries: readonly (readonly [atMs: number, entry: object])[]): string {
  const noon = Date.parse('2026-01-01T12:00:00.000Z');
  return entries
    .map(([atMs, entry]) => {
      seq += 1;
      const at = new Date(noon + atMs).toISOString();
      return `${JSON.stringify({ seq, at, ...entry })}\n`;
    })
    .join('');
}

export function said(role: 'caller' | 'agent', text: string, atMs: number) {
  const saidAt = new Date(Date.parse('2026-01-01T12:00:00.000Z') + atMs).toISOString();
  return { type: 'utterance', role, text, itemId: `item-${role}-${atMs}`, saidAt };
}
