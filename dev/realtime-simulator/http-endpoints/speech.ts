import type { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { encodeWav } from '../../speech/wav.js';
import { bytesOf, sampleRate } from '../audio/pcm.js';
import { checked, noteRequest, type EndpointParts } from './endpoint.js';

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
    const samples = padded(await services.speak(asked.input, 'slt'));
    return asked.response_format === 'pcm'
      ? context.body(new Uint8Array(bytesOf(samples)), 200, { 'content-type': 'audio/pcm' })
      : context.body(encodeWav({ samples, sampleRate }), 200, { 'content-type': 'audio/wav' });
  });
}

/** Silence up to the next whole frame. */
function padded(samples: Int16Array): Int16Array {
  const frame = (sampleRate / 1000) * frameMs;
  const whole = new Int16Array(Math.ceil(samples.length / frame) * frame);
  whole.set(samples);
  return whole;
}
