/** Mono speech and how fast it runs. */
export interface Pcm {
  readonly samples: Int16Array;
  /** Hz. */
  readonly sampleRate: number;
}

/** The codecs that are read and written here, by their number in a WAV file. */
export const WAV_CODEC = { pcm16: 1, muLaw: 7 } as const;

/** What G.711 adds to a sample before it takes the logarithm. */
export const MU_LAW_BIAS = 0x84;

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
  if (codec === WAV_CODEC.muLaw) {
    return Int16Array.from(body, decodeMuLaw);
  }
  if (codec !== WAV_CODEC.pcm16) {
    throw new Error(`A WAV file with codec ${codec}; 1 (PCM) and 7 (µ-law) are read here.`);
  }
  // A copy: the file's bytes may begin at an odd address, and a Buffer's slice is only a view.
  const even = Uint8Array.from(body.subarray(0, body.length - (body.length % 2)));
  return new Int16Array(even.buffer);
}

function decodeMuLaw(byte: number): number {
  const bits = ~byte & 0xff;
  const magnitude = (((bits & 0x0f) << 3) + MU_LAW_BIAS) << ((bits & 0x70) >> 4);
  return bits & 0x80 ? MU_LAW_BIAS - magnitude : magnitude - MU_LAW_BIAS;
}
