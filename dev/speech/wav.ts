import { MU_LAW_BIAS, WAV_CODEC, type Pcm } from '../../src/lifecycle/notices/wav.js';

export { decodeWav, type Pcm } from '../../src/lifecycle/notices/wav.js';

const CLIP = 32_635;

/** Writes mono µ-law WAV: half of 16-bit PCM, and plenty for a voice. */
export function encodeMuLawWav({ samples, sampleRate }: Pcm): Uint8Array {
  return wavFile(WAV_CODEC.muLaw, sampleRate, 1, Uint8Array.from(samples, encodeMuLaw));
}

/** Writes mono 16-bit PCM WAV, which every program reads. */
export function encodeWav({ samples, sampleRate }: Pcm): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  return wavFile(WAV_CODEC.pcm16, sampleRate, 2, bytes);
}

function wavFile(
  codec: number,
  sampleRate: number,
  bytesPerSample: number,
  sound: Uint8Array,
): Uint8Array<ArrayBuffer> {
  // A format other than PCM ends with the length of what extends it: none.
  const extension = codec === WAV_CODEC.pcm16 ? 0 : 2;
  const header = Buffer.alloc(44 + extension);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + extension + sound.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16 + extension, 16);
  header.writeUInt16LE(codec, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * bytesPerSample, 28);
  header.writeUInt16LE(bytesPerSample, 32);
  header.writeUInt16LE(bytesPerSample * 8, 34);
  header.write('data', 36 + extension);
  header.writeUInt32LE(sound.length, 40 + extension);
  return Buffer.concat([header, sound]);
}

function encodeMuLaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), CLIP) + MU_LAW_BIAS;
  const exponent = 31 - Math.clz32(magnitude) - 7;
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff;
}
