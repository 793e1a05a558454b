import type { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { heardIn, scenarioFor } from '../script.js';
import { checked, noteRequest, type EndpointParts } from './endpoint.js';

const request = z.object({
  file: z.instanceof(File),
  model: z.string(),
  language: z.string().optional(),
  response_format: z.string().default('json'),
});

/**
 * POST /audio/transcriptions: the scenario's lines, one a request. Such a request does not say whose turn it is,
 * so the turns are counted for the whole simulator and two calls at once would share them.
 */
export function addTranscriptions(api: Hono, { services, log }: EndpointParts): void {
  const turns = new Map<string, number>();
  api.post('/audio/transcriptions', async (context) => {
    const asked = checked(request, await context.req.parseBody());
    const { file, model, language = 'en', response_format } = asked;
    noteRequest(log, '/audio/transcriptions', { bytes: file.size, model, language });
    if (response_format !== 'json') {
      throw new HTTPException(400, { message: 'The simulator answers response_format json.' });
    }
    const turn = (turns.get(language) ?? 0) + 1;
    turns.set(language, turn);
    const text = heardIn(scenarioFor(services.scenarios, language), turn);
    return context.json({ text, usage: { type: 'duration', seconds: 1 } });
  });
}
