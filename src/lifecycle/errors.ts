import type { CallEndReason } from './end-reason.js';

/** Who has to act on an error. */
export type ErrorFault = 'caller' | 'model' | 'livekit' | 'worker' | 'application';

export type CallErrorCode =
  /** More than one AgentSession, or a second realtime session, was asked for. */
  | 'SECOND_SESSION'
  /** Something was asked of a call in a state that does not allow it. */
  | 'ILLEGAL_STATE'
  /** A duration or a count lies outside its bounds. */
  | 'OUT_OF_RANGE'
  /** The installed LiveKit packages are not the ones the guard was made for. */
  | 'UNSUPPORTED_SDK'
  /** The model's service refused us: key, quota, unknown model. */
  | 'MODEL_REFUSED'
  /** The model's service failed, or could not be reached. */
  | 'MODEL_FAILED'
  /** The room could not be joined, or was lost. */
  | 'LIVEKIT_FAILED'
  /** A step took longer than its deadline. */
  | 'DEADLINE_EXCEEDED'
  /** A recorded sentence is missing, broken or silent. */
  | 'UNREADABLE_CLIP'
  /** Code given to the lifecycle (agent, tool, observer) threw. */
  | 'APPLICATION_FAILED'
  /** Somebody threw where nobody could catch. */
  | 'UNCAUGHT_EXCEPTION'
  /** A promise was rejected, and nobody looked. */
  | 'UNHANDLED_REJECTION'
  /** The event loop stood still. */
  | 'EVENT_LOOP_STALLED'
  /** The call's process has outgrown its memory. */
  | 'MEMORY_LIMIT';

export interface CallErrorOptions {
  /** The kind of trouble with the model, such as `quota` or `stall`; in the words of ConnectionErrorCategory. */
  readonly category?: string;
  readonly code: CallErrorCode;
  readonly fault: ErrorFault;
  /** One sentence: what the person at fault can do about it. */
  readonly remedy: string;
  readonly cause?: unknown;
}

/** The one error the lifecycle throws and reports. */
export class CallError extends Error {
  readonly code: CallErrorCode;
  readonly fault: ErrorFault;
  readonly remedy: string;
  readonly category?: string;

  constructor(message: string, { code, fault, remedy, category, cause }: CallErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'CallError';
    this.code = code;
    this.fault = fault;
    this.remedy = remedy;
    if (category !== undefined) {
      this.category = category;
    }
  }

  /** Plain data for journals and logs: no stack, and of the cause only its name and message. */
  toJSON(): Record<string, string> {
    const cause =
      this.cause instanceof Error ? `${this.cause.name}: ${this.cause.message}` : undefined;
    return {
      code: this.code,
      fault: this.fault,
      message: this.message,
      remedy: this.remedy,
      ...(this.category === undefined ? {} : { category: this.category }),
      ...(cause === undefined ? {} : { cause }),
    };
  }
}

/** The error itself when it is one of ours; anything else was thrown by code given to the lifecycle. */
export function asCallError(error: unknown): CallError {
  if (error instanceof CallError) {
    return error;
  }
  return new CallError(error instanceof Error ? error.message : String(error), {
    code: 'APPLICATION_FAILED',
    fault: 'application',
    remedy: 'Look at the cause: code given to the lifecycle (data, agent, tool, observer) threw.',
    cause: error,
  });
}

/** How a call ends when somebody took too long. */
const LATE: Readonly<Record<ErrorFault, CallEndReason>> = {
  livekit: 'livekit-lost',
  model: 'model-unavailable',
  caller: 'crashed',
  worker: 'crashed',
  application: 'crashed',
};

/** How a call ends when this error cannot be recovered from. */
export function reasonFor({ code, fault }: CallError): CallEndReason {
  switch (code) {
    case 'MODEL_REFUSED':
      return 'model-refused';
    case 'MODEL_FAILED':
      return 'model-unavailable';
    case 'LIVEKIT_FAILED':
      return 'livekit-lost';
    case 'DEADLINE_EXCEEDED':
      return LATE[fault];
    case 'UNSUPPORTED_SDK':
    case 'SECOND_SESSION':
    case 'ILLEGAL_STATE':
    case 'OUT_OF_RANGE':
    case 'UNREADABLE_CLIP':
    case 'APPLICATION_FAILED':
    case 'UNCAUGHT_EXCEPTION':
    case 'UNHANDLED_REJECTION':
    case 'EVENT_LOOP_STALLED':
    case 'MEMORY_LIMIT':
      return 'crashed';
  }
}

/** Fields for a log line about an error: never the object itself, which may hold a key or a whole session. */
export function describeError(error: unknown): { error: Record<string, string> } {
  return { error: asCallError(error).toJSON() };
}
