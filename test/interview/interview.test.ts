import { initializeLogger } from '@livekit/agents';
import { beforeAll, expect, test } from 'vitest';
import { parseConfig } from '../../src/config/schema.js';
import { openInterview } from '../../src/interview/interview.js';
import { interviewTools } from '../../src/tools/index.js';
import { interviewer } from '../../src/interview/interviewer.js';
import { loadInterviews } from '../../src/interview/load-interviews.js';
import { readJournal } from '../../src/records/journal/index.js';
import { complete } from '../config/complete-environment.js';
import { dataFolder, fakeCall } from './fake-call.js';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

async function open(metadata: string, callId = 'AJ_1') {
  const config = parseConfig({ ...complete, DATA_DIR: await dataFolder() });
  const data = openInterview(config, loadInterviews(config.interview));
  return data({ callId, roomName: 'room', metadata, prewarmed: {} });
}

test('a call begins with a journal whose first line says what it is about', async () => {
  const { plan, journal } = await open('{"interview":"hr-screening-ru"}');
  await journal.close();

  expect(plan.id).toBe('hr-screening-ru');
  expect((await readJournal(journal.file)).entries).toMatchObject([
    {
      seq: 1,
      type: 'call',
      callId: 'AJ_1',
      room: 'room',
      interview: 'hr-screening-ru',
      language: 'ru',
    },
  ]);
});

test('metadata that nobody understands still makes an interview', async () => {
  const { plan, journal } = await open('not json');
  await journal.close();

  expect(plan.id).toBe('hr-screening-en');
});

test('a call id that cannot name a folder is refused before anything is written', async () => {
  await expect(open('', '../../outside')).rejects.toThrow(RangeError);
});

test('the interviewer has the plan’s instructions and the tools of the list', async () => {
  const call = await fakeCall();
  const agent = interviewer(call);
  await call.data.journal.close();

  expect(agent.instructions).toContain(call.data.plan.persona.name);
  expect(Object.keys(agent.toolCtx.functionTools)).toEqual(
    interviewTools(call).map(({ id }) => id),
  );
});
