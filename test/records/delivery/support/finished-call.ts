import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export const ANY_CALL = {
  room: 'a-room',
  interview: 'hr-screening-en',
  candidateId: 'cand-1',
  outcome: 'completed',
  startedAt: '2026-01-01T12:00:00.000Z',
  endedAt: '2026-01-01T12:20:00.000Z',
  usage: [],
  report: { source: 'agent', late: false, partial: false },
  recovered: false,
};

/** Bytes that are no text: what mangles them is seen. */
export const PDF = new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x00, 0xff, 0xfe, 0x0d, 0x0a, 0x80]);

export const REPORT = '# Иван\n\nA report.\n';

export const JOURNAL = [
  {
    seq: 1,
    at: '2026-01-01T12:00:00.000Z',
    type: 'call',
    callId: 'AJ_1',
    room: 'a-room',
    interview: 'hr-screening-en',
    language: 'en',
    candidateId: 'cand-1',
  },
  { seq: 2, at: '2026-01-01T12:00:01.000Z', type: 'state', state: 'talking' },
];

/** The folder of a call as the record keeper leaves it. `change` replaces files; null leaves one out. */
export async function finishedCall(
  dataDir: string,
  callId = 'AJ_1',
  change: Readonly<Record<string, string | Uint8Array | null>> = {},
): Promise<string> {
  const folder = join(dataDir, 'calls', callId);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const files: Record<string, string | Uint8Array | null> = {
    'journal.jsonl': `${JOURNAL.map((entry) => JSON.stringify({ ...entry, ...('callId' in entry ? { callId } : {}) })).join('\n')}\n`,
    'call.json': JSON.stringify({ callId, ...ANY_CALL }),
    'report.json': '{"summary":"A report."}',
    'report.md': REPORT,
    'report.pdf': PDF,
    'transcript.json': '[]',
    'transcript.md': 'Agent: Hello.\n',
    ...change,
  };
  for (const [name, content] of Object.entries(files)) {
    if (content !== null) {
      await writeFile(join(folder, name), content, { mode: 0o600 });
    }
  }
  return folder;
}
