// The agent of src/agent.ts with one fault in it, for tests that want to see how a call ends when the code it was
// given, or its process, goes wrong. Needs `npm run build`. Run it as any worker: `node test/processes/faulty-agent.mjs start`.
//
// Which fault: `"fault": "<name>"` in the job's metadata, one call at a time, or FAULT in the environment, for every call
// of the worker. Several, separated by commas, happen together. When: FAULT_AFTER_MS (default 300) after the call came into
// the state FAULT_STATE (default talking; greeting is some seconds earlier), unless the list says otherwise.
//
//   tool-throws, tool-hangs     the tool that the simulator's script calls in answer to the caller's first words
//   observer-throws             attach, onState, onError, flush and a listener of an observer throw
//   observer-rejects            the same, as async functions that reject
//   flush-hangs                 an observer that is flushed before the journal never settles
//   timer-throws                an exception that nobody can catch
//   timer-throws-again          ten of them, 20 ms apart
//   emitter-throws              an 'error' event without a listener
//   rejection                   a promise that nobody looks at rejects
//   block-loop                  the event loop stands still for FAULT_BLOCK_MS (default 5000)
//   memory                      memory grows by 50 MB every 50 ms, until the process is gone
//   exit                        the process exits by itself, with code 3
//   data-throws, data-hangs, settings-throws, agent-throws, greeting-throws    where their name says, at the beginning
//   prewarm-throws              in the job process before any call; by FAULT only
//   hangs-at-the-end            the event loop stands still for good while the call is being closed
import { EventEmitter } from 'node:events';
import { setImmediate, setInterval, setTimeout } from 'node:timers';

/** The built agent's folder; another build is used when it is named. */
const DIST = process.env.AGENT_DIST ?? new URL('../../dist/', import.meta.url).href;
const built = (path) => import(new URL(path, DIST).href);

// First, as in agent.ts: it fills the environment, from which LiveKit's plugins read their keys.
const { config, interviews } = await built('config.js');
const { cli, llm, voice } = await import('@livekit/agents');
const { cues } = await built('interview/cues.js');
const { openInterview } = await built('interview/interview.js');
const { greeting, interviewer } = await built('interview/interviewer.js');
const { defineVoiceAgent } = await built('lifecycle/index.js');
const { journalObserver } = await built('records/journal/index.js');
const { prepareInference } = await built('session/inference-process.js');
const { languageOf, notices } = await built('session/notices.js');
const { prewarm } = await built('session/prewarm.js');
const { sessionSettings } = await built('session/settings.js');
const { openSentry } = await built('telemetry/sentry-client.js');
const { sentryObserver } = await built('telemetry/sentry-observer.js');
const { workerOptions } = await built('worker/worker-options.js');

const AFTER_MS = Number(process.env.FAULT_AFTER_MS ?? 300);
const STATE = process.env.FAULT_STATE ?? 'talking';
const BLOCK_MS = Number(process.env.FAULT_BLOCK_MS ?? 5000);
/** In this turn the simulator's script calls a tool; the agent is told that the turns before it have been. */
const TURN_WITH_TOOL = 4;

const injected = (what) => new Error(`injected: ${what}`);
const never = () => new Promise(() => undefined);
const raise = (what) => {
  throw injected(what);
};
const block = (forMs) => {
  for (const start = Date.now(); Date.now() - start < forMs;) {
    // Nothing else in this process runs meanwhile.
  }
};
const hoard = [];

/** What happens to the process, a moment after the call came into its state. */
const DEEDS = {
  'timer-throws': () => raise('timer'),
  'timer-throws-again': () => {
    for (let nth = 1; nth <= 10; nth += 1) {
      setTimeout(() => raise(`timer ${nth}`), nth * 20);
    }
  },
  'emitter-throws': () => new EventEmitter().emit('error', injected('emitter')),
  rejection: () => void Promise.reject(injected('rejection')),
  'block-loop': () => block(BLOCK_MS),
  memory: () => setInterval(() => hoard.push(new Uint8Array(50 * 1024 * 1024).fill(1)), 50),
  exit: () => process.exit(3),
};

const TOOLS = { 'tool-throws': () => raise('tool'), 'tool-hangs': never };

function faultsOf(metadata) {
  let asked = process.env.FAULT;
  try {
    asked = JSON.parse(metadata).fault ?? asked;
  } catch {
    // The job was dispatched without JSON; the environment decides.
  }
  return new Set((asked ?? '').split(','));
}

const open = openInterview(config, interviews);

async function data(call) {
  const faults = faultsOf(call.metadata);
  if (faults.has('data-throws')) {
    raise('data');
  }
  if (faults.has('data-hangs')) {
    await never();
  }
  return { ...(await open(call)), faults };
}

function agent(call) {
  const { faults } = call.data;
  if (faults.has('agent-throws')) {
    raise('agent');
  }
  const name = Object.keys(TOOLS).find((tool) => faults.has(tool));
  if (name === undefined) {
    return interviewer(call);
  }
  const chatCtx = llm.ChatContext.empty();
  for (let turn = 1; turn < TURN_WITH_TOOL; turn += 1) {
    chatCtx.addMessage({ role: 'user', content: `What was said in turn ${turn}.` });
  }
  const tool = llm.tool({
    name: 'get_transcript',
    description: 'Fails.',
    execute: async () => TOOLS[name](),
  });
  return new voice.Agent({ instructions: 'Interview the caller.', tools: [tool], chatCtx });
}

/** An observer that goes wrong in each of an observer's ways. */
function badObserver(call) {
  const { faults } = call.data;
  const rejects = async (what) => raise(what);
  const fail = faults.has('observer-throws')
    ? raise
    : faults.has('observer-rejects')
      ? rejects
      : () => undefined;
  return {
    name: 'bad',
    attach: () => {
      call.on('agent_state_changed', () => fail('listener'));
      return fail('attach');
    },
    onState: () => fail('onState'),
    onError: () => fail('onError'),
    flush: async () => (faults.has('flush-hangs') ? never() : fail('flush')),
  };
}

/** Lets happen to the process what is asked for. */
function deeds(call) {
  const { faults } = call.data;
  let begun = false;
  return {
    name: 'deeds',
    attach: () => undefined,
    onState: ({ name }) => {
      if (name === STATE && !begun) {
        begun = true;
        for (const fault of faults) {
          if (fault in DEEDS) {
            setTimeout(DEEDS[fault], AFTER_MS);
          }
        }
      }
      if (name === 'closing' && faults.has('hangs-at-the-end')) {
        setImmediate(() => block(Infinity));
      }
    },
    flush: async () => undefined,
  };
}

await prepareInference(config);

const agentDefinition = defineVoiceAgent({
  prewarm: async (job) => {
    await prewarm(config)(job);
    if (faultsOf('').has('prewarm-throws')) {
      raise('prewarm');
    }
  },
  data,
  settings: (given, prewarmed) =>
    given.faults.has('settings-throws')
      ? raise('settings')
      : sessionSettings(config)(given, prewarmed),
  agent,
  greeting: (given) => (given.faults.has('greeting-throws') ? raise('greeting') : greeting(given)),
  notices: notices(),
  language: languageOf,
  observers: [badObserver, deeds, journalObserver, sentryObserver(openSentry(config))],
  limits: config.limits,
  cues,
  onError: () => undefined,
});

export default agentDefinition;

cli.runApp(await workerOptions(config, import.meta.url, agentDefinition));
