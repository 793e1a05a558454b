// First: it fills the environment, from which the plugins below read their keys when they are imported.
import { config, interviews } from './config.js';

import { cli } from '@livekit/agents';
import { cues } from './interview/cues.js';
import { openInterview, type Interview } from './interview/interview.js';
import { greeting, interviewer } from './interview/interviewer.js';
import { longestTalkMs, planLimits } from './interview/plan-limits.js';
import { defineVoiceAgent } from './lifecycle/index.js';
import { observers } from './observers.js';
import { prepareInference } from './session/inference-process.js';
import { languageOf, notices } from './session/notices.js';
import { prewarm, type Prewarmed } from './session/prewarm.js';
import { sessionSettings } from './session/settings.js';
import { openSentry } from './telemetry/sentry-client.js';
import { reportWithoutCall } from './telemetry/sentry-observer.js';
import { reportLostCalls } from './worker/lost-calls.js';
import { operations } from './worker/operations.js';
import { deliverRecords } from './worker/record-delivery.js';
import { keepRecords } from './worker/record-keeping.js';
import { workerOptions } from './worker/worker-options.js';

// Before anything that may fail.
const sentry = openSentry(config);

await prepareInference(config);

const agent = defineVoiceAgent<Prewarmed, Interview>({
  prewarm: prewarm(config),
  data: openInterview(config, interviews),
  settings: sessionSettings(config),
  agent: interviewer,
  greeting,
  notices: notices(),
  language: languageOf,
  observers: observers(config, sentry),
  limits: config.limits,
  talkLimits: planLimits,
  cues,
  onError: reportWithoutCall(sentry),
});

export default agent;

const delivery = deliverRecords(config);
const records = keepRecords(config, interviews, delivery.callFinished);

cli.runApp(
  await workerOptions(
    config,
    import.meta.url,
    agent,
    [reportLostCalls(sentry), operations(config), delivery, records],
    longestTalkMs(interviews.values(), config.limits.maxDurationMs),
  ),
);
