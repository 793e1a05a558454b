import { log } from '@livekit/agents';
import type { Config } from '../config/schema.js';
import type { CallInfo } from '../lifecycle/index.js';
import { Journal } from '../records/journal/index.js';
import { redactor } from '../telemetry/redact.js';
import { chooseInterview } from './metadata.js';
import type { InterviewLibrary, InterviewPlan } from './plan.js';

/** What one call is about: the data that every other part of the application is given. */
export interface Interview {
  readonly plan: InterviewPlan;
  readonly journal: Journal;
}

/** Makes the data of a call: the interview that its dispatch asks for, and a journal that is open already. */
export function openInterview(config: Config, interviews: InterviewLibrary) {
  return async ({ callId, roomName, metadata }: CallInfo<object>): Promise<Interview> => {
    const { plan, warning } = chooseInterview(metadata, interviews, config.interview.defaultId);
    if (warning !== undefined) {
      log().warn({ callId }, warning);
    }
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
      models: {
        realtime: config.openai.realtimeModel,
        transcription: config.openai.transcriptionModel,
      },
    });
    return { plan, journal };
  };
}
