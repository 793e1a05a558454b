// The baseline: a voice agent written the way LiveKit's documentation shows one for a realtime model. Nothing in it is bad
// on purpose, and nothing is hardened. It does the same job as ours: greets, listens, reads back the transcript, says goodbye.
import { ServerOptions, cli, defineAgent, getJobContext, llm, voice } from '@livekit/agents';
import * as openai from '@livekit/agents-plugin-openai';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

class Interviewer extends voice.Agent {
  constructor() {
    super({
      instructions:
        'You are Ada, who interviews candidates for a backend engineer role by voice. Ask one question at a time.',
      tools: [
        llm.tool({
          name: 'get_transcript',
          description: 'Returns what was said so far.',
          parameters: z.object({}),
          execute: async (_args, { ctx }) => {
            const messages = ctx.session.history.items.filter((item) => item.type === 'message');
            const lines = messages.map(({ role, textContent }) => `${role}: ${textContent ?? ''}`);
            return { utterances: lines.length, transcript: lines.join('\n') };
          },
        }),
        llm.tool({
          name: 'end_interview',
          description: 'Ends the interview. Call it when the last question is answered.',
          parameters: z.object({}),
          execute: async (_args, { ctx }) => {
            const job = getJobContext();
            // Hanging up is deleting the room, after the goodbye.
            ctx.session.once(voice.AgentSessionEventTypes.SpeechCreated, ({ speechHandle }) => {
              void speechHandle.waitForPlayout().then(() => job.deleteRoom());
            });
            return 'Say goodbye to the candidate.';
          },
        }),
      ],
    });
  }
}

export default defineAgent({
  entry: async (ctx) => {
    const session = new voice.AgentSession({
      llm: new openai.realtime.RealtimeModel({
        model: 'gpt-realtime-mini',
        voice: 'coral',
        // As ours is set, so that both find the caller's turns in the same way.
        turnDetection: {
          type: 'server_vad',
          threshold: 0.5,
          prefix_padding_ms: 300,
          silence_duration_ms: 800,
          create_response: true,
          interrupt_response: true,
        },
      }),
    });

    await session.start({ agent: new Interviewer(), room: ctx.room });
    await ctx.connect();

    session.generateReply({ instructions: 'Greet the candidate and ask for an introduction.' });
  },
});

// The API key and the model's address are read by the plugin: OPENAI_API_KEY, OPENAI_BASE_URL.
cli.runApp(
  new ServerOptions({
    agent: fileURLToPath(import.meta.url),
    agentName: process.env['AGENT_NAME'] ?? 'bare',
    // Not in the documentation: the health endpoint stays on this machine, and the load is said to be none, or a worker on
    // two busy cores would refuse calls and nothing could be measured. Ours counts its calls instead.
    host: process.env['WORKER_HOST'] ?? '127.0.0.1',
    port: Number(process.env['WORKER_PORT'] ?? 8081),
    loadFunc: async () => 0,
  }),
);
