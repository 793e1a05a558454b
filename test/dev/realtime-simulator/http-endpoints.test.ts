import OpenAI, { AuthenticationError, NotFoundError } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RealtimeSimulator } from '../../../dev/realtime-simulator/index.js';
import { scenario, startTestSimulator, wordMs } from './support/test-simulator.js';

let simulator: RealtimeSimulator;
let openai: OpenAI;
beforeAll(async () => {
  simulator = await startTestSimulator();
  openai = new OpenAI({ apiKey: 'sk-simulator', baseURL: simulator.baseURL, maxRetries: 0 });
});
afterAll(async () => simulator.stop());

const model = 'gpt-4o-mini';
const user = (content: string) => ({ role: 'user', content }) as const;
const tools = [
  { type: 'function', function: { name: 'get_transcript', parameters: { type: 'object' } } },
] as const;

describe('the HTTP endpoints, through the official client', () => {
  it('list models', async () => {
    const models = await openai.models.list();
    expect(models.data.map((one) => one.id)).toContain('gpt-realtime');
  });

  it('refuse a wrong key with 401 and an unknown path with 404', async () => {
    const stranger = new OpenAI({ apiKey: 'no', baseURL: simulator.baseURL, maxRetries: 0 });
    await expect(stranger.models.list()).rejects.toBeInstanceOf(AuthenticationError);
    await expect(openai.get('/other')).rejects.toBeInstanceOf(NotFoundError);
  });

  it('speak PCM in whole frames of 100 ms, and WAV', async () => {
    const speech = { model: 'tts-1', voice: 'alloy', input: 'one two three' } as const;
    const pcm = await openai.audio.speech.create({ ...speech, response_format: 'pcm' });
    expect((await pcm.arrayBuffer()).byteLength).toBe(3 * wordMs * 48);
    const wav = await openai.audio.speech.create({ ...speech, response_format: 'wav' });
    const bytes = Buffer.from(await wav.arrayBuffer());
    expect(bytes.subarray(0, 4).toString()).toBe('RIFF');
    expect(bytes.readUInt32LE(24)).toBe(24_000);
    await expect(openai.audio.speech.create({ ...speech, response_format: 'mp3' })).rejects.toThrow(
      /pcm and wav/,
    );
  });

  it('hear the scenario’s lines, one a request', async () => {
    const hear = async (): Promise<string> => {
      const file = new File([new Uint8Array(4800)], 'audio.wav');
      return (await openai.audio.transcriptions.create({ file, model, language: 'en' })).text;
    };
    expect([await hear(), await hear()]).toEqual(['I am Sam.', 'A story please.']);
  });

  it('answer a chat as the scenario says', async () => {
    const answer = await openai.chat.completions.create({ model, messages: [user('I am Sam.')] });
    expect(answer.choices[0]).toMatchObject({
      message: { content: 'Tell me more.' },
      finish_reason: 'stop',
    });
  });

  it('stream an answer with its usage', async () => {
    const stream = await openai.chat.completions.create({
      model,
      messages: [{ role: 'system', content: 'Greet.' }],
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = '';
    let totalTokens = 0;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      totalTokens += chunk.usage?.total_tokens ?? 0;
    }
    expect(text).toBe(scenario.greeting);
    expect(totalTokens).toBeGreaterThan(0);
  });

  it('stream a tool call, and speak the tool’s output', async () => {
    const messages = [user('a'), user('b'), user('c')];
    const stream = openai.chat.completions.stream({ model, messages, tools: [...tools] });
    const { message, finish_reason } = (await stream.finalChatCompletion()).choices[0]!;
    expect(finish_reason).toBe('tool_calls');
    const call = message.tool_calls?.[0];
    expect(call).toMatchObject({ function: { name: 'get_transcript', arguments: '{"last":3}' } });
    const answer = await openai.chat.completions.create({
      model,
      tools: [...tools],
      messages: [
        ...messages,
        message,
        { role: 'tool', tool_call_id: call!.id, content: '{"utterances":6}' },
      ],
    });
    expect(answer.choices[0]?.message.content).toBe('I noted 6 things.');
  });

  it('answer a body that is wrong with 400', async () => {
    const headers = { authorization: 'Bearer sk-simulator' };
    const post = async (body: string): Promise<unknown> => {
      const url = `${simulator.baseURL}/chat/completions`;
      const response = await fetch(url, { method: 'POST', headers, body });
      return { status: response.status, body: await response.json() };
    };
    expect(await post('{}')).toMatchObject({
      status: 400,
      body: { error: { code: 'missing_required_parameter', param: 'model' } },
    });
    expect(await post('{')).toMatchObject({ status: 400 });
  });
});
