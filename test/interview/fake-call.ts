import type { voice } from '@livekit/agents';
import { EventEmitter } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { loadInterviews } from '../../src/interview/load-interviews.js';
import { NOBODY } from '../../src/interview/find-candidate.js';
import { PlanProgress } from '../../src/interview/progress.js';
import type { Interview } from '../../src/interview/interview.js';
import type { InterviewPlan } from '../../src/interview/plan.js';
import type { LiveCall } from '../../src/lifecycle/index.js';
import { Journal } from '../../src/records/journal/index.js';

type Event = Exclude<voice.AgentEvent, { type: 'error' | 'close' }>;

const interviews = loadInterviews({ dir: 'interviews', defaultId: 'hr-screening-en' });

export function planOf(
  id: 'hr-screening-en' | 'hr-screening-ru' = 'hr-screening-en',
): InterviewPlan {
  return interviews.get(id)!;
}

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders.splice(0)) {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
});

/** A folder for one test; it is removed when those of its file are over. */
export async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'steadfast-test-'));
  folders.push(folder);
  return folder;
}

/** A call with a real journal, whose session is a script: `emit` plays its events. */
export interface FakeCall extends LiveCall<Interview> {
  readonly ends: readonly (readonly [string, string | undefined])[];
  emit(event: Event): void;
}

export async function fakeCall(
  options: {
    readonly plan?: InterviewPlan;
    readonly callId?: string;
    readonly dataDir?: string;
  } = {},
): Promise<FakeCall> {
  const { plan = planOf(), callId = 'AJ_test', dataDir = await dataFolder() } = options;
  const session = new EventEmitter();
  const ends: [string, string | undefined][] = [];
  const speech = () => {
    throw new Error('this fake call cannot speak');
  };
  const journal = await Journal.open({
    dataDir,
    callId,
    onWriteError: (error) => {
      throw error;
    },
  });
  const progress = new PlanProgress(plan, (id, state) =>
    journal.append({ type: 'question', id, state }),
  );
  return {
    callId,
    data: { plan, journal, progress, candidate: NOBODY },
    say: speech,
    reply: speech,
    end: (reason, detail) => ends.push([reason, detail]),
    on: (type, listener) => session.on(type, listener),
    ends,
    emit: (event) => session.emit(event.type, event),
  };
}
