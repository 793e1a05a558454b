import { hostname } from 'node:os';
import { log } from '@livekit/agents';
import type { Config } from '../config/schema.js';
import type { CallInfo } from '../lifecycle/index.js';
import { Journal } from '../records/journal/index.js';
import { redactor } from '../telemetry/redact.js';
import { PROGRAM } from '../version.js';
import { candidateApi, candidateFolder } from './candidate-source.js';
import { findCandidate, NOBODY, type FoundCandidate } from './find-candidate.js';
import { chooseInterview, namedCandidate } from './metadata.js';
import type { InterviewLibrary, InterviewPlan } from './plan.js';
import { PlanProgress } from './progress.js';

/** What one call is about: the data that every other part of the application is given. */
export interface Interview {
  readonly plan: InterviewPlan;
  readonly journal: Journal;
  readonly progress: PlanProgress;
  readonly candidate: FoundCandidate;
}

/** Makes the data of a call: the interview that its dispatch asks for, and a journal that is open already. */
export function openInterview(config: Config, interviews: InterviewLibrary) {
  const { api, dir } = config.candidates;
  const source = api === undefined ? candidateFolder(dir) : candidateApi(api);
  return async ({ callId, roomName, metadata }: CallInfo<object>): Promise<Interview> => {
    const { plan, warning } = chooseInterview(metadata, interviews, config.interview.defaultId);
    const named = namedCandidate(metadata);
    const warn = (text: string): void => log().warn({ callId }, text);
    [warning, named.warning].forEach((text) => text !== undefined && warn(text));
    // Both at once: the caller may be waiting already.
    const candidate = named.id === undefined ? NOBODY : findCandidate(named.id, source, warn);
    const journal = await Journal.open({
      dataDir: config.dataDir,
      callId,
      redact: redactor(config),
      onWriteError: (error) =>
        log().error(
          { callId, error },
          'The journal cannot be written; the call goes on without it.',
        ),
    });
    journal.append({
      type: 'call',
      callId,
      room: roomName,
      interview: plan.id,
      language: plan.language,
      ...(named.id === undefined ? {} : { candidateId: named.id }),
      models: {
        realtime: config.openai.realtimeModel,
        transcription: config.openai.transcriptionModel,
      },
      ...(config.openai.simulated ? { simulated: true } : {}),
      worker: { version: PROGRAM.version, host: hostname(), pid: process.pid },
    });
    const progress = new PlanProgress(plan, (id, state) =>
      journal.append({ type: 'question', id, state }),
    );
    return { plan, journal, progress, candidate: await candidate };
  };
}
