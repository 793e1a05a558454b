import { randomUUID } from 'node:crypto';
import { shippedScenario, type Scenario } from '../../realtime-simulator/scenario.js';
import { synthesize } from '../../speech/index.js';
import { callerToken, type LiveKitAddress } from '../../stack/index.js';
import { CALLER_VOICE, type Caller } from '../caller.js';
import { joinAsCaller } from '../join-as-caller.js';
import { MICROPHONE_SAMPLE_RATE } from '../microphone.js';
import { Conversation } from './conversation.js';
import { writtenOutcome } from './written-outcome.js';
import { judge, type CallFacts, type CallReport } from './report.js';
import type { CallEvent, NewCallEvent } from './timeline.js';

/** From the end of the last reply: the agent's goodbye is over, it only has to go. */
const AGENT_LEAVES_TIMEOUT_MS = 20_000;

/** The part of the simulator's control that is needed here: every attempt to connect, and whether it was let in. */
export interface ModelConnections {
  connections(): Promise<readonly { readonly openedAt: number | null }[]>;
}

export interface ScriptedCallOptions {
  readonly livekit: LiveKitAddress;
  /** The agent to be called, by its name for explicit dispatch. */
  readonly agentName: string;
  /** Whose shipped scenario is played: "en" or "ru". */
  readonly language: string;
  /** One in that language that is played instead. The simulator must play the same. */
  readonly scenario?: Scenario;
  /** Id of the interview that is asked for. Default: `hr-screening-<language>`. */
  readonly interview?: string;
  /** Counts the model's connections. Leave it out with the real service, and when other calls run at once. */
  readonly control?: ModelConnections;
  /** The worker's DATA_DIR, to compare the journal's outcome with the room's. */
  readonly dataDir?: string;
  readonly onEvent?: (event: CallEvent) => void;
  /** Hangs up when aborted; the report says so. */
  readonly signal?: AbortSignal;
  /** Id of the candidate that the caller is; by default none is named. */
  readonly candidate?: string;
}

/**
 * Calls the agent and plays the caller of a scenario to its end: hears the greeting, says each line and hears the
 * reply, talks over the reply that is marked for it, and waits for the agent to end the call. Takes about a minute.
 * What goes wrong in the call stands in the report.
 */
export async function runScriptedCall(options: ScriptedCallOptions): Promise<CallReport> {
  const scenario = options.scenario ?? shippedScenario(options.language);
  const room = `scripted-${randomUUID()}`;
  const socketsBefore = await openedSockets(options.control);
  await prepareLines(scenario);

  let startedAtMs = performance.now();
  const emit = (event: NewCallEvent) =>
    options.onEvent?.({ ...event, atMs: Math.round(performance.now() - startedAtMs) });
  const problems: string[] = [];
  const noteProblem = (error: unknown) => {
    const text = error instanceof Error ? error.message : String(error);
    problems.push(text);
    emit({ type: 'problem', text });
  };

  let facts: CallFacts = nothingSeen(scenario, room, problems);
  try {
    options.signal?.throwIfAborted();
    const token = await tokenFor(options, room);
    startedAtMs = performance.now();
    await using caller = await joinAsCaller({ url: options.livekit.url, token });
    const hangUp = () => void caller.leave();
    options.signal?.addEventListener('abort', hangUp, { once: true });
    emit({ type: 'joined', room });
    const conversation = new Conversation(caller, emit);
    try {
      await conversation.hold(scenario);
      await caller.waitForAgentToLeave({ timeoutMs: AGENT_LEAVES_TIMEOUT_MS });
      emit({ type: 'agent-left' });
    } catch (error) {
      noteProblem(error);
    } finally {
      options.signal?.removeEventListener('abort', hangUp);
    }
    facts = { ...facts, ...seenBy(caller, conversation) };
  } catch (error) {
    noteProblem(error);
  }
  if (options.dataDir !== undefined && facts.callId !== null) {
    facts = { ...facts, outcomeWritten: await writtenOutcome(options.dataDir, facts.callId) };
  }
  const socketsAfter = await openedSockets(options.control);
  const modelSockets = socketsAfter === null ? null : socketsAfter - (socketsBefore ?? 0);
  const report = judge({ ...facts, modelSockets });
  emit({ type: 'outcome', outcome: report.outcome });
  return report;
}

/** Speaks every line once into the cache, so that in the call each begins at once. */
async function prepareLines({ turns }: Scenario): Promise<void> {
  for (const { hears } of turns) {
    await synthesize(hears, { voice: CALLER_VOICE, sampleRate: MICROPHONE_SAMPLE_RATE });
  }
}

async function openedSockets(control: ModelConnections | undefined): Promise<number | null> {
  const connections = await control?.connections();
  return connections?.filter(({ openedAt }) => openedAt !== null).length ?? null;
}

async function tokenFor(options: ScriptedCallOptions, room: string): Promise<string> {
  const {
    livekit,
    agentName,
    language,
    interview = `hr-screening-${language}`,
    candidate,
  } = options;
  const metadata = JSON.stringify({ interview, candidate });
  return callerToken({ livekit, room, identity: 'scripted-caller', agentName, metadata });
}

function nothingSeen(scenario: Scenario, room: string, problems: readonly string[]): CallFacts {
  return {
    room,
    problems,
    callId: null,
    joinedMs: null,
    firstWordMs: null,
    greetingHeardMs: 0,
    turns: [],
    modelSockets: null,
    outcomeSeen: null,
    outcomeWritten: undefined,
    agentsSeen: 0,
    turnsExpected: scenario.turns.length,
    interruptExpected: scenario.turns.flatMap(({ interrupt }, index) => (interrupt ? [index] : [])),
  };
}

function seenBy(caller: Caller, { facts }: Conversation): Partial<CallFacts> {
  const attributes = caller.agentAttributes();
  return {
    joinedMs: Math.round(caller.joinedAtMs - caller.joinStartedAtMs),
    firstWordMs:
      facts.firstWordAtMs === undefined
        ? null
        : Math.round(facts.firstWordAtMs - caller.joinStartedAtMs),
    greetingHeardMs: facts.greetingHeardMs,
    turns: facts.turns,
    callId: attributes['call.id'] ?? null,
    outcomeSeen: attributes['call.outcome'] ?? null,
    agentsSeen: caller.agentIdentities.length,
  };
}
