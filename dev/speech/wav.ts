/** Mono speech and how fast it runs. */
export interface Pcm {
  readonly samples: Int16Array;
  /** Hz. */
  readonly sampleRate: number;
}

const PCM16 = 1;
const MU_LAW = 7;
const BIAS = 0x84;
const CLIP = 32_635;

/** Reads a mono WAV file of 16-bit PCM or 8-bit µ-law (G.711); throws, saying what is wrong, for anything else. */
export function decodeWav(file: Uint8Array): Pcm {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const name = (at: number): string => String.fromCharCode(...file.subarray(at, at + 4));
  if (file.byteLength < 12 || name(0) !== 'RIFF' || name(8) !== 'WAVE') {
    throw new Error('Not a WAV file: it does not begin with RIFF…WAVE.');
  }
  let format: { readonly codec: number; readonly sampleRate: number } | undefined;
  for (let at = 12; at + 8 <= file.byteLength;) {
    const size = view.getUint32(at + 4, true);
    const body = file.subarray(at + 8, at + 8 + size);
    if (name(at) === 'fmt ' && body.length >= 16) {
      const channels = view.getUint16(at + 10, true);
      if (channels !== 1) {
        throw new Error(`A WAV file with ${channels} channels; only mono is read here.`);
      }
      format = { codec: view.getUint16(at + 8, true), sampleRate: view.getUint32(at + 12, true) };
    } else if (name(at) === 'data' && format !== undefined) {
      return { samples: decodeSamples(body, format.codec), sampleRate: format.sampleRate };
    }
    at += 8 + size + (size % 2);
  }
  throw new Error('A WAV file without format or sound: it was probably cut off.');
}

function decodeSamples(body: Uint8Array, codec: number): Int16Array {
  if (codec === MU_LAW) {
    return Int16Array.from(body, decodeMuLaw);
  }
  if (codec !== PCM16) {
    throw new Error(`A WAV file with codec ${codec}; 1 (PCM) and 7 (µ-law) are read here.`);
  }
  // A copy: the file's bytes may begin at an odd address, and a Buffer's slice is only a view.
  const even = Uint8Array.from(body.subarray(0, body.length - (body.length % 2)));
  return new Int16Array(even.buffer);
}

/** Writes mono µ-law WAV: half of 16-bit PCM, and plenty for a voice. */
export function encodeMuLawWav({ samples, sampleRate }: Pcm): Uint8Array {
  return wavFile(MU_LAW, sampleRate, 1, Uint8Array.from(samples, encodeMuLaw));
}

/** Writes mono 16-bit PCM WAV, which every program reads. */
export function encodeWav({ samples, sampleRate }: Pcm): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  return wavFile(PCM16, sampleRate, 2, bytes);
}

function wavFile(
  codec: number,
  sampleRate: number,
  bytesPerSample: number,
  sound: Uint8Array,
): Uint8Array<ArrayBuffer> {
  // A format other than PCM ends with the length of what extends it: none.
  const extension = codec === PCM16 ? 0 : 2;
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

function decodeMuLaw(byte: number): number {
  const bits = ~byte & 0xff;
  const magnitude = (((bits & 0x0f) << 3) + BIAS) << ((bits & 0x70) >> 4);
  return bits & 0x80 ? BIAS - magnitude : magnitude - BIAS;
}

function encodeMuLaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
  const exponent = 31 - Math.clz32(magnitude) - 7;
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff;
}
