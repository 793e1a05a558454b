import { describe, expect, test } from 'vitest';
import { decodeWav, encodeMuLawWav, encodeWav } from '../../../dev/speech/wav.js';

const sampleRate = 16_000;

function pcmWav(samples: Int16Array, { codec = 1, channels = 1 } = {}): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(codec, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.write('data', 36);
  header.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([header, new Uint8Array(samples.buffer)]);
}

describe('a WAV file', () => {
  test('of 16-bit PCM is read sample by sample', () => {
    const samples = Int16Array.from([0, 1, -1, 32_767, -32_768]);
    expect(decodeWav(pcmWav(samples))).toEqual({ samples, sampleRate });
    expect(decodeWav(encodeWav({ samples, sampleRate }))).toEqual({ samples, sampleRate });
  });

  test('of µ-law comes back within a thirtieth of each sample, silence and extremes included', () => {
    const samples = Int16Array.from({ length: 2000 }, (_, index) => (index - 1000) * 32);
    const decoded = decodeWav(encodeMuLawWav({ samples, sampleRate }));
    expect(decoded.sampleRate).toBe(sampleRate);
    expect(decoded.samples).toHaveLength(samples.length);
    samples.forEach((sample, index) => {
      const difference = Math.abs(sample - decoded.samples[index]!);
      expect(difference).toBeLessThanOrEqual(Math.abs(sample) / 30 + 4);
    });
  });

  test('is µ-law as others write it: the bytes of G.711', () => {
    const bytes = [
      ...encodeMuLawWav({ samples: Int16Array.of(0, 32_767, -32_768, 1000), sampleRate }),
    ];
    expect(bytes.slice(-4)).toEqual([0xff, 0x80, 0x00, 0xce]);
  });

  test.each([
    ['that is none', Buffer.from('not a WAV file'), /RIFF/],
    ['that was cut off', pcmWav(new Int16Array(4)).subarray(0, 30), /cut off/],
    ['in stereo', pcmWav(new Int16Array(4), { channels: 2 }), /2 channels/],
    ['of another codec', pcmWav(new Int16Array(4), { codec: 3 }), /codec 3/],
  ])('%s is refused with the reason', (_name, file, reason) => {
    expect(() => decodeWav(file)).toThrow(reason);
  });
});
