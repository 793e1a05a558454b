// An agent that speaks on and on in one call, so that its connection can be cut a thousand times, and that notes how much
// memory it has meanwhile. It uses the lifecycle as every agent does; only the bounds of reconnecting are wider, which by
// default end a call after 30 connections in ten minutes.
import { cli, voice } from '@livekit/agents';
import { appendFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseConfig } from '../../src/config/schema.js';
import { defineVoiceAgent, type CallObserver, type LiveCall } from '../../src/lifecycle/index.js';
import { ConnectionBudget } from '../../src/lifecycle/realtime/connection-budget.js';
import { connectionSettings } from '../../src/lifecycle/realtime/connection-settings.js';
import { prepareInference } from '../../src/session/inference-process.js';
import { notices } from '../../src/session/notices.js';
import { realtimeModel } from '../../src/session/realtime-model.js';
import { workerOptions } from '../../src/worker/worker-options.js';
import { memoryNow } from './memory-now.js';
import { soakOrders } from './orders.js';

const config = parseConfig(process.env);
const orders = soakOrders(process.env);

/** Any number of connections: the default bounds are what everybody else wants. */
class NoLimit extends ConnectionBudget {
  override refusal(...asked: Parameters<ConnectionBudget['refusal']>): undefined {
    // It forgets what is older than ten minutes when it is asked.
    super.refusal(...asked);
    return undefined;
  }
}

/** Speaks, again and again, until it has done so as often as ordered, and notes its memory on the way. */
function speaker(call: LiveCall<object>): CallObserver {
  let replies = 0;
  let reconnects = 0;
  let begun = false;
  const isDone = (): boolean => (orders.cuts ? reconnects : replies) >= orders.times;
  const note = (): void => {
    const line = { atMs: Date.now(), replies, reconnects, ...memoryNow() };
    appendFileSync(orders.file, `${JSON.stringify(line)}\n`);
  };
  const speakOn = async (): Promise<void> => {
    note();
    while (!isDone()) {
      await call.reply('Go on.').waitForPlayout();
      replies += 1;
      if (replies % orders.noteEvery === 0) {
        note();
      }
    }
    note();
    call.end('completed');
  };
  return {
    name: 'speaker',
    attach: () => undefined,
    onState: ({ name }) => {
      if (name === 'talking' && !begun) {
        begun = true;
        void speakOn().catch((error: unknown) => call.end('crashed', String(error)));
      }
    },
    onTrouble: ({ type }) => {
      reconnects += type === 'reconnected' ? 1 : 0;
    },
    flush: async () => note(),
  };
}

await prepareInference(config);

const agent = defineVoiceAgent<object, object>({
  prewarm: () => undefined,
  data: () => ({}),
  settings: () => ({
    model: realtimeModel(config, 'en'),
    maxModelSessionMs: config.openai.maxSessionMs,
    connection: connectionSettings({
      budget: new NoLimit(),
      policy: { nextRetryDelayInMs: () => 0 },
    }),
    session: { vad: null, turnHandling: { turnDetection: 'realtime_llm' } },
    roomInput: { textEnabled: false, videoEnabled: false },
  }),
  agent: () => new voice.Agent<object>({ instructions: 'Say A.' }),
  greeting: () => ({ instructions: 'Say A.' }),
  // This file is compiled to another place than src lies in.
  notices: notices(pathToFileURL(`${resolve('clips')}/`)),
  language: () => 'en',
  observers: [speaker],
  // Nobody answers it, and it goes on for as long as it is ordered to.
  limits: { ...config.limits, maxDurationMs: 86_400_000, silenceMs: 3_600_000 },
  cues: {
    standing: () => '',
    welcomeBack: () => 'Say A.',
    nudge: () => 'Say A.',
    timeHint: () => '',
    goodbye: () => 'Say A.',
  },
  onError: () => undefined,
});

export default agent;

cli.runApp(await workerOptions(config, import.meta.url, agent));
