import { llm } from '@livekit/agents';
import { expect, test } from 'vitest';
import { interviewTools } from '../../src/tools/index.js';
import type { InterviewTool } from '../../src/tools/tool.js';
import { fakeCall } from '../interview/fake-call.js';

test('the model sees these tools and no others', async () => {
  const call = await fakeCall();
  const tools = interviewTools(call);
  await call.data.journal.close();

  expect(tools.map(({ id }) => id)).toEqual([
    'next_question',
    'get_transcript',
    'save_report',
    'end_interview',
  ]);
});

test('two tools of one name are refused', async () => {
  const call = await fakeCall();
  await call.data.journal.close();
  const twice: InterviewTool = () =>
    llm.tool({ name: 'twice', description: 'Does nothing.', execute: async () => 'done' });

  expect(() =>
    interviewTools(call, [
      { make: twice, most: 1 },
      { make: twice, most: 1 },
    ]),
  ).toThrow('Two tools are named "twice"');
});
