import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/config/config-error.js';
import { pageOptions } from '../../../dev/playground/environment.js';

const complete = {
  LIVEKIT_URL: 'ws://livekit:7880',
  LIVEKIT_API_KEY: 'key',
  LIVEKIT_API_SECRET: 'a-secret-of-more-than-thirty-two-characters',
};

function problemsOf(variables: Record<string, string>): string[] {
  try {
    pageOptions({ ...complete, ...variables });
    return [];
  } catch (error) {
    return error instanceof ConfigError ? error.problems.map(({ variable }) => variable) : ['?'];
  }
}

describe('the page by itself', () => {
  it('needs nothing but LiveKit, stays on this machine, and gives nothing out', () => {
    const options = pageOptions({ ...complete, PAGE_ACCESS_CODE: '', PAGE_LIVEKIT_URL: ' ' });
    expect(options).toMatchObject({
      host: '127.0.0.1',
      port: 8088,
      agentName: 'interviewer',
      candidates: [],
      simulated: false,
      records: { transcript: false, report: false },
    });
    expect(options.interviews.map(({ id }) => id)).toEqual(['hr-screening-en', 'hr-screening-ru']);
    expect(options).not.toHaveProperty('developer');
    expect(options).not.toHaveProperty('publicUrl');
  });

  it('offers what it is told to', () => {
    const options = pageOptions({
      ...complete,
      INTERVIEW: 'hr-screening-ru',
      PAGE_CANDIDATES: 'true',
      PAGE_FILES: 'both',
      PAGE_DEVELOPER: 'true',
      PAGE_LIVEKIT_URL: 'wss://livekit.example',
      SIMULATOR_URL: 'http://simulator:8089',
      SIMULATOR_CONTROL_TOKEN: 'token',
    });
    expect(options.interviews[0]?.id).toBe('hr-screening-ru');
    expect(options.candidates?.map(({ id }) => id)).toContain('sam-carter');
    expect(options.records).toMatchObject({ transcript: true, report: true });
    expect(options.developer?.control).toBeDefined();
    expect(options.publicUrl).toBe('wss://livekit.example');
  });

  it('does not start where others can reach it without an access code', () => {
    expect(problemsOf({ PAGE_HOST: '0.0.0.0' })).toEqual(['PAGE_ACCESS_CODE']);
    expect(problemsOf({ PAGE_HOST: '0.0.0.0', PAGE_ACCESS_CODE: 'short' })).toEqual([
      'PAGE_ACCESS_CODE',
    ]);
    expect(problemsOf({ PAGE_HOST: '0.0.0.0', PAGE_ACCESS_CODE: 'open sesame' })).toEqual([]);
  });

  it('says everything that is wrong at once', () => {
    expect(problemsOf({ PAGE_PORT: 'http', PAGE_FILES: 'all', LIVEKIT_URL: 'here' })).toEqual([
      'LIVEKIT_URL',
      'PAGE_PORT',
      'PAGE_FILES',
    ]);
  });
});
