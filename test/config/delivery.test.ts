import { expect, test } from 'vitest';
import { ConfigError } from '../../src/config/config-error.js';
import { parseRecordsConfig } from '../../src/config/records.js';

const secret = 'x'.repeat(32);
const url = 'https://hr.example.com/reports';

function problems(variables: Record<string, string>): string[] {
  try {
    parseRecordsConfig(variables);
    return [];
  } catch (error) {
    return error instanceof ConfigError
      ? error.problems.map(({ variable, problem }) => `${variable} ${problem}`)
      : [];
  }
}

test('without a variable records stay on the disk, for ever', () => {
  expect(parseRecordsConfig({ REPORT_WEBHOOK_URL: ' ' })).toEqual({
    dataDir: 'data',
    delivery: { webhook: undefined, s3: undefined },
    recordsKeepMs: undefined,
  });
});

test('the part that concerns records needs nothing else to be set', () => {
  const variables = {
    DATA_DIR: '/data',
    REPORT_WEBHOOK_URL: url,
    REPORT_WEBHOOK_SECRET: secret,
    RECORDS_URL: 's3://records/calls/of-ours/',
    RECORDS_KEEP: '90d',
  };

  expect(parseRecordsConfig(variables)).toEqual({
    dataDir: '/data',
    delivery: { webhook: { url, secret }, s3: { bucket: 'records', prefix: 'calls/of-ours' } },
    recordsKeepMs: 90 * 24 * 3_600_000,
  });
});

test('a webhook without a secret, or with one that can be guessed, is refused', () => {
  expect(problems({ REPORT_WEBHOOK_URL: url })).toEqual([
    expect.stringContaining('REPORT_WEBHOOK_SECRET is not set'),
  ]);
  expect(problems({ REPORT_WEBHOOK_URL: url, REPORT_WEBHOOK_SECRET: 'short' })).toEqual([
    'REPORT_WEBHOOK_SECRET is shorter than 32 characters',
  ]);
});

test.each(['ftp://hr.example.com', 'hr.example.com', 'https://user:pass@hr.example.com'])(
  '%s is no address to post reports to',
  (address) => {
    expect(problems({ REPORT_WEBHOOK_URL: address, REPORT_WEBHOOK_SECRET: secret })[0]).toMatch(
      /^REPORT_WEBHOOK_URL (is not|has a user name)/,
    );
  },
);

test.each(['https://bucket', 's3://', 's3://Bucket', 's3://bucket/../other', 's3://bucket/a b'])(
  '%s is no place for records',
  (place) => {
    expect(problems({ RECORDS_URL: place })[0]).toMatch(/^RECORDS_URL is not of the form/);
  },
);

test('records are kept for an hour at least', () => {
  expect(problems({ RECORDS_KEEP: '30s' })).toEqual([
    'RECORDS_KEEP is 30s; it must lie within 1h and 3650d',
  ]);
});
