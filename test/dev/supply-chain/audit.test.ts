import { describe, expect, it, test } from 'vitest';
import { judge } from '../../../dev/supply-chain/audit.js';
import { readAudit, type Advisory } from '../../../dev/supply-chain/audit-report.js';

const FLAW: Advisory = {
  id: 'GHSA-aaaa-bbbb-cccc',
  package: 'flawed',
  title: 'Prototype pollution',
  severity: 'high',
  range: '<1.2.3',
};
const explained = {
  advisory: FLAW.id,
  package: FLAW.package,
  reason: 'nothing of ours calls it',
  until: '2026-12-31',
};

describe('the report of npm audit', () => {
  const via = {
    source: 1,
    name: 'flawed',
    dependency: 'flawed',
    title: 'Prototype pollution',
    url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc',
    severity: 'high',
    range: '<1.2.3',
  };

  it('is read as one line for each flaw, however many packages depend on it', () => {
    const report = {
      auditReportVersion: 2,
      vulnerabilities: {
        flawed: { name: 'flawed', severity: 'high', via: [via] },
        ours: { name: 'ours', severity: 'high', via: ['flawed'] },
        theirs: { name: 'theirs', severity: 'high', via: [via] },
      },
    };
    expect(readAudit(JSON.stringify(report))).toEqual({ advisories: [FLAW] });
  });

  it.each([
    ['{"message":"404 Not Found","error":{"summary":""}}', '404 Not Found'],
    ['', 'npm printed nothing'],
    ['<html>', '<html>'],
    ['{}', '{}'],
  ])('that is none (%s) says why, and is not taken for a clean one', (printed, why) => {
    expect(readAudit(printed)).toEqual({ why });
  });
});

describe('a known flaw', () => {
  const judged = (exceptions: (typeof explained)[], today = '2026-11-23') =>
    judge({ advisories: [FLAW] }, exceptions, today);

  it('fails the change', () => {
    expect(judged([])).toMatchObject({
      kind: 'failed',
      problems: ['GHSA-aaaa-bbbb-cccc high: flawed <1.2.3: Prototype pollution'],
    });
  });

  it('does not, when it is explained, to the last day of that', () => {
    expect(judged([explained], '2026-12-31').kind).toBe('passed');
    expect(judged([explained], '2027-01-01')).toMatchObject({
      kind: 'failed',
      problems: [expect.stringContaining('(its exception ended on 2026-12-31)')],
    });
  });

  it('is not excused by the same flaw of another package', () => {
    expect(judged([{ ...explained, package: 'other' }]).kind).toBe('failed');
  });
});

test('an exception that nothing needs any more is named', () => {
  expect(judge({ advisories: [] }, [explained], '2026-11-23')).toEqual({
    kind: 'passed',
    what: '0 known advisories, all explained; the exception for GHSA-aaaa-bbbb-cccc is no longer needed',
  });
});
