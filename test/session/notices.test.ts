import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadInterviews } from '../../src/interview/load-interviews.js';
import { lengthMs, readClip } from '../../src/lifecycle/notices/clip.js';
import { notices } from '../../src/session/notices.js';

const interviews = loadInterviews({ dir: 'interviews', defaultId: 'hr-screening-en' });
const languages = [...new Set([...interviews.values()].map(({ language }) => language))];
const { files, fallback } = notices();

describe('the clips that ship', () => {
  it.each(languages)('are there in %s, the language of an interview', (language) => {
    expect(Object.keys(files)).toContain(language);
  });

  it.each(Object.keys(files))('can be heard in %s: they decode, and are not silent', (language) => {
    const { oneMoment, lost } = files[language]!;
    expect(lengthMs(readClip(oneMoment))).toBeLessThan(5_000);
    expect(lengthMs(readClip(lost))).toBeGreaterThan(2_000);
  });

  it('speak English where there is nothing better', () => {
    expect(fallback).toBe('en');
  });

  it('are written down word for word, in every language', () => {
    const json: unknown = JSON.parse(readFileSync('clips/sentences.json', 'utf8'));
    const sentences = z.record(
      z.string(),
      z.strictObject({ 'one-moment': z.string(), lost: z.string() }),
    );
    expect(Object.keys(sentences.parse(json)).sort()).toEqual(Object.keys(files).sort());
  });
});
