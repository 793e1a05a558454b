import type { ConnectionRecord } from '../realtime-simulator/connection-record.js';
import type { SeenEvent } from '../realtime-simulator/event-log.js';
import type { LogLine } from '../stack/log-lines.js';
import type { JournalContents } from '../../src/records/journal/read-journal.js';
import type { ProcessTrace } from './probe-log.js';
import type { Row } from './row.js';
import type { SubjectName } from './subjects.js';

/** One question of the caller and what came of it. Times are milliseconds since the epoch. */
export interface Ask {
  readonly saidAt: number;
  /** Voice in the answer. */
  readonly heardMs: number;
  /** From the end of the question; null when nothing was heard. */
  readonly answeredAfterMs: number | null;
}

/** What the caller experienced. */
export interface Heard {
  readonly joinedAt: number;
  readonly firstWordAt: number | null;
  readonly asks: readonly Ask[];
  /** Voice after the fault, whoever's it was. */
  readonly afterFaultMs: number;
  /** When the agent was gone, or the room, while the caller was still there; null when it never was. */
  readonly agentGoneAt: number | null;
  /** Every agent that was in the room. */
  readonly agents: number;
  readonly attributes: Readonly<Record<string, string>>;
  /** What the agent said in whole sentences, as the caller's screen had it. */
  readonly sentences: readonly string[];
}

/** A secret that was planted, and must be found nowhere. */
export interface Secret {
  readonly name: string;
  readonly value: string;
}

/** Everything that was seen of one row: all that the promises are judged by. Times are milliseconds since the epoch. */
export interface Evidence {
  readonly row: Row;
  readonly subject: SubjectName;
  /** LiveKit's job id; null when no job was ever started. */
  readonly callId: string | null;
  readonly startedAt: number;
  /** Null when the moment was never reached; `problem` says why. */
  readonly faultAt: number | null;
  /** When the caller hung up, or would have. */
  readonly hungUpAt: number;
  readonly endedAt: number;
  readonly problem: string | null;
  /** As the simulator saw them, oldest first. */
  readonly connections: readonly ConnectionRecord[];
  readonly events: readonly SeenEvent[];
  readonly heard: Heard;
  /** Null when the subject keeps none. */
  readonly journal: JournalContents | null;
  /** The job's own lines. */
  readonly log: readonly LogLine[];
  /** The process that had the call. */
  readonly job: ProcessTrace | null;
  /** Every process of the subject, the job's included. */
  readonly processes: readonly ProcessTrace[];
  /** When the job's process was gone; null when it outlived the row's patience. */
  readonly jobGoneAt: number | null;
  /** The worker is there at the end, or was ended by the row itself. */
  readonly workerAsExpected: boolean;
  /** The port the simulator listens on, to tell the model's sockets in a process trace. */
  readonly modelPort: number;
  /** Connections the simulator had open before the caller hung up. */
  readonly openBefore: number;
  /** Connections the simulator still had open when the job's process was gone. */
  readonly openAtEnd: number;
  /** What telemetry received about this call. */
  readonly telemetry: readonly string[];
  readonly secrets: readonly Secret[];
  /** Everything that was written, printed, sent or published, by place. */
  readonly texts: Readonly<Record<string, string>>;
  /** What a busy machine took of the time since the fault, here and in the job. */
  readonly lagMs: number;
}
