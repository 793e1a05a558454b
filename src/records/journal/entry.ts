import { z } from 'zod';
import { reportContent } from '../report/report.js';

/** Every entry says when it was written, ISO 8601, and its place in the order, counted from 1. */
const written = { seq: z.int().positive(), at: z.string() };

const call = z.object({
  ...written,
  type: z.literal('call'),
  callId: z.string(),
  room: z.string(),
  /** Id of the interview that is held. */
  interview: z.string(),
  language: z.string(),
  /** Id of the candidate, when the dispatch named one that was found. */
  candidateId: z.string().optional(),
  /** Names of the models, which LiveKit's usage does not tell: the realtime one, and the one that transcribes. */
  models: z.object({ realtime: z.string(), transcription: z.string() }).optional(),
  /** A simulator speaks in place of the model. */
  simulated: z.boolean().optional(),
  /** Which program, on which machine, in which process: where its log lines are. */
  worker: z.object({ version: z.string(), host: z.string(), pid: z.int() }).optional(),
});

/** Something that was said and finished: written down once its text is known. */
const utterance = z.object({
  ...written,
  type: z.literal('utterance'),
  role: z.enum(['caller', 'agent']),
  text: z.string(),
  /** The model's name for it. A later entry with the same one replaces the earlier. */
  itemId: z.string(),
  /**
   * ISO 8601, when its first sound was heard, as near as is known: a caller's text arrives after the reply to
   * it.
   */
  saidAt: z.string(),
  /** The caller began to speak before the agent had finished; `text` is what was really heard. */
  interrupted: z.boolean().optional(),
});

/** A tool was called; `tool` says what came of it. */
const toolStarted = z.object({ ...written, type: z.literal('tool-started'), name: z.string() });

/** How far the interview has come: a question of the plan was put, answered or passed over. */
const question = z.object({
  ...written,
  type: z.literal('question'),
  id: z.string(),
  state: z.enum(['asked', 'answered', 'skipped']),
});

const tool = z.object({
  ...written,
  type: z.literal('tool'),
  name: z.string(),
  /** JSON, as the model wrote it. */
  arguments: z.string(),
  /** JSON, as the model was told. */
  output: z.string(),
  isError: z.boolean(),
});

const state = z.object({
  ...written,
  type: z.literal('state'),
  state: z.string(),
  /** Why, for the states that have a cause. */
  detail: z.string().optional(),
});

const agentState = z.object({ ...written, type: z.literal('agent-state'), state: z.string() });
const userState = z.object({ ...written, type: z.literal('user-state'), state: z.string() });

const error = z.object({
  ...written,
  type: z.literal('error'),
  code: z.string(),
  fault: z.string(),
  message: z.string(),
  remedy: z.string(),
  /** The kind of trouble with the model, such as `quota` or `stall`. */
  category: z.string().optional(),
  cause: z.string().optional(),
  /** The call goes on. */
  recoverable: z.boolean(),
});

const cause = z.object({ code: z.string(), message: z.string(), category: z.string().optional() });

/** The model's connection is about to be tried again. */
const reconnecting = z.object({
  ...written,
  type: z.literal('reconnecting'),
  attempt: z.number(),
  of: z.number(),
  delayMs: z.number(),
  cause,
});
const reconnected = z.object({ ...written, type: z.literal('reconnected'), downMs: z.number() });
/** The model's connection was closed in good time, and opened again; nothing was wrong. */
const modelRenewed = z.object({ ...written, type: z.literal('model-renewed'), downMs: z.number() });
/** The connection to LiveKit was lost, and is back. */
const livekitBack = z.object({ ...written, type: z.literal('livekit-back'), downMs: z.number() });
/** A reply that the caller has not heard, and that is asked for again. */
const replyLost = z.object({
  ...written,
  type: z.literal('reply-lost'),
  againInMs: z.number(),
  cause,
});
/** A recorded sentence was spoken in place of the model. */
const notice = z.object({
  ...written,
  type: z.literal('notice'),
  notice: z.string(),
  /** `whole`, `cut` or `nothing`. */
  heard: z.string(),
});

/** What the agent's tool `save_report` was given. A later one replaces the earlier. */
const savedReport = z.object({ ...written, type: z.literal('report'), report: reportContent });

/** The caller is gone, and waited for. */
const callerAway = z.object({
  ...written,
  type: z.literal('caller-away'),
  why: z.string(),
  graceMs: z.number(),
});
const callerBack = z.object({ ...written, type: z.literal('caller-back'), awayMs: z.number() });
/** The caller said nothing, and was spoken to. */
const callerNudged = z.object({
  ...written,
  type: z.literal('caller-nudged'),
  number: z.number(),
  of: z.number(),
});
/** The caller answers in writing; the utterance follows. */
const callerTyped = z.object({ ...written, type: z.literal('caller-typed') });
/** The model was told that time is short. */
const timeHint = z.object({ ...written, type: z.literal('time-hint'), leftMs: z.number() });

/** How the call ended: `CallOutcome` as plain data. Nothing follows it. */
const outcome = z.object({
  ...written,
  type: z.literal('outcome'),
  callId: z.string(),
  reason: z.string(),
  detail: z.string().optional(),
  error: z.record(z.string(), z.string()).optional(),
  startedAt: z.string(),
  endedAt: z.string(),
  durationMs: z.number(),
  modelConnections: z.number(),
  /** One record a model, as LiveKit counts it. */
  usage: z.array(z.record(z.string(), z.unknown())),
  /** The most memory that the call's process ever had, in megabytes. */
  peakMemoryMb: z.number().optional(),
});

/** One line of a journal. */
export const journalEntry = z.discriminatedUnion('type', [
  call,
  utterance,
  toolStarted,
  question,
  tool,
  state,
  agentState,
  userState,
  error,
  reconnecting,
  reconnected,
  modelRenewed,
  livekitBack,
  replyLost,
  notice,
  savedReport,
  callerAway,
  callerBack,
  callerNudged,
  callerTyped,
  timeHint,
  outcome,
]);

export type JournalEntry = z.output<typeof journalEntry>;
export type Utterance = z.output<typeof utterance>;

type Unwritten<T> = T extends JournalEntry ? Omit<T, 'seq' | 'at'> : never;

/** An entry before the journal gives it its number and time. */
export type NewEntry = Unwritten<JournalEntry>;
