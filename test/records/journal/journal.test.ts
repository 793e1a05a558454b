import { appendFile, chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { Journal, readJournal } from '../../../src/records/journal/index.js';
import { dataFolder } from '../../interview/fake-call.js';

const NOON = Date.parse('2026-01-01T12:00:00Z');

async function openJournal(
  options: Partial<Parameters<typeof Journal.open>[0]> = {},
): Promise<Journal> {
  return Journal.open({
    dataDir: await dataFolder(),
    callId: 'AJ_1',
    now: () => NOON,
    onWriteError: (error) => {
      throw error;
    },
    ...options,
  });
}

const said = (text: string, saidAt: number, itemId = text) =>
  ({
    type: 'utterance',
    role: 'caller',
    text,
    itemId,
    saidAt: new Date(saidAt).toISOString(),
  }) as const;

test('every entry is a line of JSON, numbered and dated, in the order in which it happened', async () => {
  const journal = await openJournal();
  for (let count = 1; count <= 200; count += 1) {
    journal.append(count % 3 === 0 ? said(`${count}`, NOON) : { type: 'state', state: `${count}` });
  }
  await journal.close();

  const { entries, tornLines } = await readJournal(journal.file);

  expect(entries.map(({ seq }) => seq)).toEqual(
    Array.from({ length: 200 }, (_, index) => index + 1),
  );
  expect(entries[0]).toEqual({ seq: 1, at: '2026-01-01T12:00:00.000Z', type: 'state', state: '1' });
  expect(entries[2]).toMatchObject({ type: 'utterance', text: '3' });
  expect(tornLines).toBe(0);
});

test('an entry is in the file before the call ends', async () => {
  const journal = await openJournal();
  journal.append(said('hello', NOON));

  await vi.waitFor(async () => {
    expect((await readJournal(journal.file)).entries).toHaveLength(1);
  }, 10_000);
  await journal.close();
});

test('nobody else may read what a candidate said', async () => {
  const journal = await openJournal();
  await journal.close();

  expect((await stat(journal.file)).mode & 0o777).toBe(0o600);
  expect((await stat(dirname(journal.file))).mode & 0o777).toBe(0o700);
});

test.each(['../../etc', 'a/b', '', 'a'.repeat(129), 'AJ 1', 'AJ_\u0000', '..'])(
  'the id %j names no folder',
  async (callId) => {
    await expect(openJournal({ callId })).rejects.toThrow(RangeError);
  },
);

test('the transcript has both sides in the order in which they began to speak', async () => {
  const journal = await openJournal();
  journal.append({ ...said('greeting', NOON), role: 'agent' });
  journal.append({ ...said('answer to it', NOON + 9_000), role: 'agent' });
  journal.append(said('late transcript', NOON + 5_000));
  await journal.close();

  expect(journal.utterances.map(({ text }) => text)).toEqual([
    'greeting',
    'late transcript',
    'answer to it',
  ]);
});

test('a second text of the same item replaces the first one in the transcript', async () => {
  const journal = await openJournal();
  journal.append(said('half a', NOON, 'item_1'));
  journal.append(said('half a sentence', NOON, 'item_1'));
  await journal.close();

  expect(journal.utterances.map(({ text }) => text)).toEqual(['half a sentence']);
});

test('a journal that was cut off in mid-line is continued on a new line, with the next number', async () => {
  const first = await openJournal();
  first.append(said('kept', NOON));
  await first.close();
  await appendFile(first.file, '{"seq":2,"at":"2026-01-01T12:0');

  const second = await openJournal({ dataDir: join(first.file, '..', '..', '..') });
  second.append(said('after', NOON + 1));
  await second.close();
  const { entries, tornLines } = await readJournal(second.file);

  expect(second.file).toBe(first.file);
  expect(entries).toMatchObject([
    { seq: 1, text: 'kept' },
    { seq: 2, text: 'after' },
  ]);
  expect(tornLines).toBe(1);
  expect(second.utterances).toHaveLength(2);
});

test('a folder that cannot be written to fails no call, is told once, and is counted', async () => {
  const dataDir = await dataFolder();
  await writeFile(join(dataDir, 'calls'), 'a file where a folder should be');
  const onWriteError = vi.fn();

  const journal = await openJournal({ dataDir, onWriteError });
  journal.append(said('one', NOON));
  journal.append(said('two', NOON));
  await journal.close();

  expect(onWriteError).toHaveBeenCalledTimes(1);
  expect(journal.failedWrites).toBe(3);
  expect(journal.utterances).toHaveLength(2);
});

test('closing twice is closing once, and an entry after that is not written', async () => {
  const journal = await openJournal();
  journal.append({ type: 'state', state: 'closing' });
  await Promise.all([journal.close(), journal.close()]);
  journal.append({ type: 'state', state: 'closed' });
  await journal.close();

  expect((await readJournal(journal.file)).entries).toHaveLength(1);
  expect(journal.failedWrites).toBe(0);
});

test('what must not be recorded is taken out of every line', async () => {
  const journal = await openJournal({ redact: (line) => line.replaceAll('sk-key', '[redacted]') });
  journal.append(said('my sk-key', NOON));
  await journal.close();

  expect(await readFile(journal.file, 'utf8')).not.toContain('sk-key');
});

test('a folder that exists already is used as it is', async () => {
  const dataDir = await dataFolder();
  await mkdir(join(dataDir, 'calls', 'AJ_1'), { recursive: true });
  await chmod(join(dataDir, 'calls', 'AJ_1'), 0o755);
  const journal = await openJournal({ dataDir });
  journal.append({ type: 'state', state: 'waiting' });
  await journal.close();

  expect((await readJournal(journal.file)).entries).toHaveLength(1);
});

test('whoever follows is told every line as it is written, redacted, until they stop', async () => {
  const journal = await openJournal({ redact: (line) => line.replaceAll('sk-secret', '…') });
  const lines: string[] = [];
  const stop = journal.follow((line) => lines.push(line));
  journal.append(said('my key is sk-secret', NOON));
  stop();
  journal.append({ type: 'state', state: 'talking' });
  await journal.close();

  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('my key is …');
  expect((await readFile(journal.file, 'utf8')).split('\n')[0]).toBe(lines[0]);
});
