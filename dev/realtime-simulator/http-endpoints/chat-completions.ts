import type { Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { newId } from '../protocol/ids.js';
import { textTokens } from '../protocol/usage.js';
import { chatMessage, deedForMessages } from './chat-script.js';
import { responseFormat, structuredAnswer } from './structured-answer.js';
import { checked, noteRequest, type EndpointParts } from './endpoint.js';

const request = z.object({
  model: z.string(),
  messages: z.array(chatMessage).min(1),
  tools: z.array(z.object({ function: z.object({ name: z.string() }) })).default([]),
  response_format: responseFormat.nullish(),
  stream: z.boolean().default(false),
  stream_options: z.object({ include_usage: z.boolean().default(false) }).nullish(),
});
type ChatRequest = z.output<typeof request>;

interface Answer {
  readonly message: Record<string, unknown>;
  readonly deltas: readonly Record<string, unknown>[];
  readonly finish: 'stop' | 'tool_calls';
  readonly usage: Record<string, number>;
}

/** POST /chat/completions: the scenario's answers and tool calls, whole or streamed. */
export function addChatCompletions(api: Hono, { services, log }: EndpointParts): void {
  api.post('/chat/completions', async (context) => {
    const asked = checked(request, await context.req.json());
    noteRequest(log, '/chat/completions', asked);
    const answer = answerTo(asked, services.scenarios);
    const id = newId('chatcmpl');
    if (asked.stream) {
      return stream(context, asked, answer, id);
    }
    const choice = { index: 0, message: answer.message, logprobs: null };
    return context.json({
      id,
      object: 'chat.completion',
      created: nowSeconds(),
      model: asked.model,
      choices: [{ ...choice, finish_reason: answer.finish }],
      usage: answer.usage,
    });
  });
}

function answerTo(asked: ChatRequest, scenarios: EndpointParts['services']['scenarios']): Answer {
  const prompt_tokens = textTokens(JSON.stringify(asked.messages));
  const structured = structuredAnswer(asked.response_format, asked.messages);
  if (structured !== undefined) {
    return said(structured, prompt_tokens);
  }
  const names = asked.tools.map((tool) => tool.function.name);
  const deed = deedForMessages(scenarios, asked.messages, names);
  if (deed.kind === 'say') {
    return said(deed.text, prompt_tokens);
  }
  const completion_tokens = textTokens(deed.arguments);
  const head = { id: newId('call'), type: 'function' };
  const call = { ...head, function: { name: deed.name, arguments: deed.arguments } };
  const parts = deed.arguments.match(/.{1,8}/gs) ?? [];
  return {
    message: { role: 'assistant', content: null, refusal: null, tool_calls: [call] },
    deltas: [
      { tool_calls: [{ index: 0, ...head, function: { name: deed.name, arguments: '' } }] },
      ...parts.map((part) => ({ tool_calls: [{ index: 0, function: { arguments: part } }] })),
    ],
    finish: 'tool_calls',
    usage: { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens },
  };
}

function said(text: string, prompt_tokens: number): Answer {
  const completion_tokens = textTokens(text);
  return {
    message: { role: 'assistant', content: text, refusal: null },
    deltas: [{ content: '' }, ...(text.match(/\S+\s*/g) ?? []).map((word) => ({ content: word }))],
    finish: 'stop',
    usage: { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens },
  };
}

function stream(context: Context, asked: ChatRequest, answer: Answer, id: string): Response {
  const created = nowSeconds();
  const head = { id, object: 'chat.completion.chunk', created, model: asked.model };
  const chunk = (delta: Record<string, unknown>, finish_reason: string | null): string => {
    const choices = [{ index: 0, delta, logprobs: null, finish_reason }];
    return JSON.stringify({ ...head, choices });
  };
  return streamSSE(context, async (out) => {
    await out.writeSSE({ data: chunk({ role: 'assistant', content: null }, null) });
    for (const delta of answer.deltas) {
      await out.writeSSE({ data: chunk(delta, null) });
    }
    await out.writeSSE({ data: chunk({}, answer.finish) });
    if (asked.stream_options?.include_usage === true) {
      await out.writeSSE({ data: JSON.stringify({ ...head, choices: [], usage: answer.usage }) });
    }
    await out.writeSSE({ data: '[DONE]' });
  });
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
