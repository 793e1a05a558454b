import type { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { bytesOf, msToBytes, sampleRate } from '../audio/pcm.js';
import { checked, noteRequest, type EndpointParts } from './app.js';

const request = z.object({
  input: z.string().min(1).max(4096),
  model: z.string(),
  voice: z.unknown(),
  response_format: z.string().default('mp3'),
});

/** LiveKit's plugin drops a tail shorter than a frame of 100 ms. */
const frameMs = 100;

/** POST /audio/speech: `pcm` (16-bit mono, 24 kHz) and `wav`; the simulator has no other encoder. */
export function addSpeech(api: Hono, { services, log }: EndpointParts): void {
  api.post('/audio/speech', async (context) => {
    const asked = checked(request, await context.req.json());
    noteRequest(log, '/audio/speech', asked);
    if (asked.response_format !== 'pcm' && asked.response_format !== 'wav') {
      const message = `The simulator speaks response_format pcm and wav, not ${asked.response_format}.`;
      throw new HTTPException(400, { message });
    }
    const pcm = padded(bytesOf(await services.speak(asked.input, 'slt')));
    return asked.response_format === 'pcm'
      ? context.body(new Uint8Array(pcm), 200, { 'content-type': 'audio/pcm' })
      : context.body(new Uint8Array(Buffer.concat([wavHeader(pcm.length), pcm])), 200, {
          'content-type': 'audio/wav',
        });
  });
}

/** Silence up to the next whole frame. */
function padded(pcm: Buffer): Buffer {
  const frame = msToBytes(frameMs);
  return Buffer.concat([pcm, Buffer.alloc((frame - (pcm.length % frame)) % frame)]);
}

function wavHeader(dataBytes: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(dataBytes, 40);
  return header;
}
