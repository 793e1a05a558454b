import { initializeLogger, log } from '@livekit/agents';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { logFormat, redactLogs } from '../../src/telemetry/logger.js';

let written: string[];

beforeEach(() => {
  written = [];
  initializeLogger({ pretty: false, level: 'info' });
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    written.push(line.toString());
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

test('logs are for people on a terminal and JSON elsewhere, unless a format is set', () => {
  expect(logFormat('auto', true)).toBe('pretty');
  expect(logFormat('auto', false)).toBe('json');
  expect(logFormat('auto', undefined)).toBe('json');
  expect(logFormat('pretty', false)).toBe('pretty');
  expect(logFormat('json', true)).toBe('json');
});

test('a secret does not reach the log, whoever logs it, however deep it lies', () => {
  redactLogs((line) => line.replaceAll('sk-key', '[redacted]'));
  log().info('with sk-key');
  log()
    .child({ apiKey: 'sk-key' })
    .error({ error: new Error('401 for sk-key') }, 'failed');
  log().warn({ options: { deep: { apiKey: 'sk-key' } } });

  expect(written).toHaveLength(3);
  expect(written.join('')).not.toContain('sk-key');
  expect(written.join('')).toContain('[redacted]');
});
