import { describe, expect, it } from 'vitest';
import { readNotices } from '../../../src/lifecycle/notices/notice.js';
import { notices } from '../../../src/session/notices.js';

describe('the notices of an agent', () => {
  const library = readNotices(notices());

  it('are in the language of the call, else in the nearest, else in English', () => {
    expect(library.in('ru')).not.toBe(library.in('en'));
    expect(library.in('ru-RU')).toBe(library.in('ru'));
    expect(library.in('fi')).toBe(library.in('en'));
  });

  it('are refused when a file is missing, and when the fallback has none', () => {
    const file = 'nowhere.wav';
    expect(() =>
      readNotices({ files: { en: { oneMoment: file, lost: file } }, fallback: 'en' }),
    ).toThrow('nowhere.wav');
    expect(() => readNotices({ ...notices(), fallback: 'fi' })).toThrow(
      'no clips in the fallback language "fi"',
    );
  });
});
