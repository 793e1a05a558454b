// The second baseline: the agent of livekit/agents-js issue 934, rebuilt part by part from its report, so that what the report
// describes can be seen beside ours. Everything here that looks wrong is so on purpose. DO NOT COPY FROM THIS FILE.
//
// Left out: Krisp's noise cancellation (works with LiveKit Cloud only), the PDF by headless Chrome and its upload (the report
// is written to a file), and the multilingual turn detector, which the framework ignores beside server_vad and whose weights
// are a download. The tools have the names that the simulator's scenario calls.
import {
  ServerOptions,
  cli,
  defineAgent,
  getJobContext,
  llm,
  metrics,
  voice,
  type JobContext,
  type VAD,
} from '@livekit/agents';
import * as openai from '@livekit/agents-plugin-openai';
import * as silero from '@livekit/agents-plugin-silero';
import * as sentry from '@sentry/node';
import { config as loadEnvironmentFile } from 'dotenv';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

loadEnvironmentFile({ path: '.env.local', quiet: true });
sentry.init({ ...(process.env['SENTRY_DSN'] ? { dsn: process.env['SENTRY_DSN'] } : {}) });

interface Candidate {
  readonly id: string;
  readonly name: string;
}

interface Prewarmed extends Record<string, unknown> {
  vad: VAD;
}

function candidateOf(ctx: JobContext<Prewarmed>): Candidate {
  return { id: ctx.job.id, name: 'Sam' };
}

/** Collects both sides' utterances in memory, and saves them when the caller leaves or on SIGINT. */
class TranscriptionManager {
  readonly #lines: string[] = [];

  add(role: string, text: string): void {
    this.#lines.push(`${role}: ${text}`);
  }

  get text(): string {
    return this.#lines.join('\n');
  }

  async save(candidate: Candidate): Promise<void> {
    try {
      await writeInto(`transcript-${candidate.name}-${candidate.id}.md`, this.text);
    } catch (error) {
      sentry.captureException(error);
    }
  }
}

async function writeInto(file: string, text: string): Promise<void> {
  const folder = process.env['DATA_DIR'] ?? 'data';
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, file), text);
}

class Interviewer extends voice.Agent {
  constructor(candidate: Candidate, transcription: TranscriptionManager) {
    super({
      instructions: `You are Ada. You interview ${candidate.name} (${candidate.id}) for a backend engineer role by voice.`,
      tools: [
        // getTranscriptionsSignal in the report.
        llm.tool({
          name: 'get_transcript',
          description: 'Gives the whole transcript so far.',
          parameters: z.object({}),
          execute: async (_args, { ctx }) => {
            await anotherSession(ctx.session);
            const { text } = transcription;
            return { utterances: text.split('\n').length, transcript: text };
          },
        }),
        // saveReport in the report.
        llm.tool({
          name: 'end_interview',
          description: 'Saves the report of the interview. Call it at the end.',
          parameters: z.object({ markdown: z.string().optional() }),
          execute: async ({ markdown }, { ctx }) => {
            await anotherSession(ctx.session);
            await writeInto(`report-${candidate.name}.md`, markdown ?? transcription.text);
            const job = getJobContext();
            ctx.session.once(voice.AgentSessionEventTypes.SpeechCreated, ({ speechHandle }) => {
              void speechHandle.waitForPlayout().then(() => job.shutdown('done'));
            });
            return 'The report is saved. Say goodbye.';
          },
        }),
      ],
    });
  }

  override async onEnter(): Promise<void> {
    // Spoken by the separate TTS: a realtime session has none of its own for a fixed text.
    await this.session.say('One moment, please.').waitForPlayout();
  }
}

/** Every call of session() is one more socket, and nobody listens to its errors. */
async function anotherSession(session: voice.AgentSession): Promise<void> {
  if (session.llm instanceof openai.realtime.RealtimeModel) {
    session.llm.session().on('input_audio_transcription_completed', () => undefined);
  }
}

export default defineAgent<Prewarmed>({
  prewarm: async (proc) => {
    proc.userData.vad = await silero.VAD.load();
  },
  entry: async (ctx) => {
    const candidate = candidateOf(ctx);
    const transcription = new TranscriptionManager();
    const usage = new metrics.ModelUsageCollector();

    const session = new voice.AgentSession({
      vad: ctx.proc.userData.vad,
      tts: new openai.TTS({ model: 'gpt-4o-mini-tts', voice: 'shimmer' }),
      llm: new openai.realtime.RealtimeModel({
        model: 'gpt-realtime-mini',
        voice: 'shimmer',
        speed: 1.1,
        temperature: 0.8,
        turnDetection: {
          type: 'server_vad',
          threshold: 0.8,
          prefix_padding_ms: 300,
          silence_duration_ms: 2000,
        },
        // Meant as 27 minutes; the option is in milliseconds.
        maxSessionDuration: 60 * 27,
      }),
    });

    session.on(voice.AgentSessionEventTypes.ConversationItemAdded, ({ item }) => {
      if (item.type === 'message') {
        transcription.add(item.role, item.textContent ?? '');
      }
    });
    ctx.room.on('participantDisconnected', () => void transcription.save(candidate));
    process.on('SIGINT', () => {
      void transcription.save(candidate).then(() => process.exit(0));
    });
    ctx.addShutdownCallback(async () => {
      console.log('usage', usage.flatten());
    });

    await session.start({ agent: new Interviewer(candidate, transcription), room: ctx.room });
    await ctx.connect();
    await anotherSession(session);
    await session
      .generateReply({ instructions: `Greet ${candidate.name} and ask for an introduction.` })
      .waitForPlayout();
    // Only now: what the greeting cost is not counted.
    session.on(voice.AgentSessionEventTypes.MetricsCollected, (event) => {
      usage.collect(event.metrics);
    });
  },
});

cli.runApp(
  new ServerOptions({
    agent: fileURLToPath(import.meta.url),
    agentName: process.env['AGENT_NAME'] ?? 'reporter',
    // Meant for the connection to the model; it counts the worker's own to LiveKit.
    maxRetry: 3,
    // Not in the report, see bare-agent.ts.
    host: process.env['WORKER_HOST'] ?? '127.0.0.1',
    port: Number(process.env['WORKER_PORT'] ?? 8081),
    loadFunc: async () => 0,
  }),
);
