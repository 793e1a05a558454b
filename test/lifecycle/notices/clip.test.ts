import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeWav } from '../../../dev/speech/wav.js';
import { readClip } from '../../../src/lifecycle/notices/clip.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clip-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function fileWith(content: Uint8Array): string {
  const file = join(folder, 'clip.wav');
  writeFileSync(file, content);
  return file;
}

const tone = (durationMs: number, loudness = 8_000): Uint8Array =>
  encodeWav({
    samples: Int16Array.from({ length: durationMs * 16 }, (_, at) => loudness * Math.sin(at / 10)),
    sampleRate: 16_000,
  });

describe('a clip', () => {
  it('is read whole', () => {
    expect(readClip(fileWith(tone(1_000)))).toMatchObject({ sampleRate: 16_000 });
    expect(readClip(fileWith(tone(1_000))).samples).toHaveLength(16_000);
  });

  it.each([
    ['is missing', undefined, 'ENOENT'],
    ['is no WAV file', Buffer.from('ID3, an MP3'), 'RIFF'],
    ['is cut off', tone(1_000).subarray(0, 30), 'cut off'],
    ['is silent', tone(1_000, 10), 'it is silent'],
    ['is too short to be heard', tone(100), 'outside 300 to 10000'],
    ['is too long to be listened to', tone(10_500), 'outside 300 to 10000'],
  ])('that %s is refused at the start, with its name', (_what, content, why) => {
    const file = content === undefined ? join(folder, 'none.wav') : fileWith(content);
    const read = (): unknown => readClip(file);
    expect(read).toThrow(file);
    expect(read).toThrow(why);
    expect(read).toThrow(expect.objectContaining({ code: 'UNREADABLE_CLIP' }));
  });

  it('does not hold a view of a larger file', () => {
    const file = fileWith(tone(500));
    expect(readClip(file).samples.byteLength).toBeLessThan(readFileSync(file).length);
  });
});
