import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../stack/support/temporary-folder.js';
import { readResults, withEarlier } from '../../../dev/fault-matrix/report/earlier.js';
import { faultsDocument } from '../../../dev/fault-matrix/report/document.js';
import { summary, tableLine } from '../../../dev/fault-matrix/report/table.js';
import {
  isOnlyLate,
  resultOf,
  skippedResult,
  unplayedResult,
} from '../../../dev/fault-matrix/result.js';
import { BEGIN, evidence, journalOf, row } from './support/evidence.js';

const good = resultOf(evidence());
const bad = resultOf(evidence({ jobGoneAt: null, journal: journalOf('crashed') }));
const bare = resultOf(evidence({ subject: 'bare', journal: null }));

it('a result says for each promise whether it was kept', () => {
  expect(good).toMatchObject({
    fault: 'running-cut-idle',
    family: 'running',
    ok: true,
    outcome: 'caller-left',
    attempts: 2,
    endedAfterMs: null,
  });
  expect(Object.values(good.promises)).toEqual(Array.from({ length: 10 }, () => true));
  expect(bad.promises).toMatchObject({ P4: false, P5: false, P6: false, P1: true });
  expect(bad.broken).toContain('P6: the job’s process is still there');
});

it('a row whose moment never came is no success', () => {
  const { ok, broken } = resultOf(evidence({ faultAt: null, problem: 'no greeting' }));
  expect(ok).toBe(false);
  expect(broken).toContain('the fault never came: no greeting');
});

it('a row that could not be played is no success, one that cannot be is shown as such', () => {
  expect(unplayedResult(row, 'steadfast', new Error('no port')).ok).toBe(false);
  expect(tableLine(skippedResult(row, 'steadfast', 'no root'), false)).toMatch(/^skip .*no root$/);
});

it('the table says in words what is broken', () => {
  expect(tableLine(good, false)).toMatch(/^ ok {2}running-cut-idle .*✓/);
  expect(tableLine(bad, true)).toMatch(/^RED {2}steadfast: running-cut-idle[^]*✗[^]*still there/);
});

it('the summary counts each subject by itself', () => {
  expect(summary([good, bad, bare])).toBe(
    'steadfast: every promise kept in 1 of 2 rows\nbare: every promise kept in 1 of 1 rows',
  );
});

it('the document shows the subjects side by side, and names the rows in which ours is not better', () => {
  const document = faultsDocument([row], [good, bare]);
  expect(document).toContain('## Side by side');
  expect(document).toMatch(/as good as this agent \(1\)\s+`running-cut-idle`/);
  expect(faultsDocument([row], [good])).not.toContain('Side by side');
});

it('a run replaces what it has played, and leaves the rest of an earlier one', async () => {
  const file = join(temporaryFolder(), 'faults.json');
  writeFileSync(file, JSON.stringify({ rows: [bad, bare] }));
  expect(withEarlier([good], await readResults(file))).toEqual([good, bare]);
  writeFileSync(file, '{"rows":[{"fault":"of another time"}]}');
  expect(await readResults(file)).toEqual([]);
});

it('the end of a call is measured from the fault to the decision', () => {
  const waits = { ...row, course: { kind: 'waits' } as const };
  const heard = { ...evidence().heard, agentGoneAt: BEGIN + 9900 };
  expect(resultOf(evidence({ row: waits, heard })).endedAfterMs).toBe(5000);
});

it('a row that was only late is told from one in which something went wrong', () => {
  const impatient = { ...row, promised: { ...row.promised, noticesWithinMs: 50 } };
  expect(isOnlyLate(evidence({ row: impatient }))).toBe(true);
  expect(isOnlyLate(evidence({ row: impatient, jobGoneAt: null }))).toBe(false);
  expect(isOnlyLate(evidence())).toBe(false);
});
