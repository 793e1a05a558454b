import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writtenOutcome } from '../../../../dev/caller/scripted/written-outcome.js';
import { Journal } from '../../../../src/records/journal/index.js';

let dataDir: string;
let journal: Journal;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'written-outcome-'));
  journal = await Journal.open({
    dataDir,
    callId: 'AJ_1',
    onWriteError: (error) => expect.unreachable(String(error)),
  });
  journal.append({ type: 'state', state: 'closing' });
});
afterEach(async () => {
  await journal.close();
  await rm(dataDir, { recursive: true });
});

function endJournal(): Promise<void> {
  journal.append({
    type: 'outcome',
    callId: 'AJ_1',
    reason: 'caller-left',
    startedAt: '2026-01-01T00:00:00Z',
    endedAt: '2026-01-01T00:00:01Z',
    durationMs: 1000,
    modelConnections: 1,
    usage: [],
  });
  return journal.close();
}

it('gives the outcome that the journal ends with', async () => {
  await endJournal();
  await expect(writtenOutcome(dataDir, 'AJ_1')).resolves.toBe('caller-left');
});

it('waits for the outcome of a journal that is still being written', async () => {
  const waiting = writtenOutcome(dataDir, 'AJ_1');
  await endJournal();
  await expect(waiting).resolves.toBe('caller-left');
});
