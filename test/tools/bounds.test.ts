import { llm } from '@livekit/agents';
import { afterEach, expect, test, vi } from 'vitest';
import { interviewTools } from '../../src/tools/index.js';
import type { InterviewTool } from '../../src/tools/tool.js';
import { readJournal } from '../../src/records/journal/index.js';
import { fakeCall } from '../interview/fake-call.js';
import { runTool } from './run-tool.js';

afterEach(() => vi.useRealTimers());

test('a tool that is called on and on is told no, and every call stands in the journal', async () => {
  const call = await fakeCall();
  const tools = interviewTools(call);
  const tool = new llm.ToolContext(tools).getFunctionTool('end_interview')!;
  const run = (): Promise<unknown> => Promise.resolve(Reflect.apply(tool.execute, undefined, [{}]));
  for (let n = 0; n < 3; n += 1) {
    await run();
  }
  await expect(run()).rejects.toThrow('You have called end_interview 3 times');
  await call.data.journal.close();
  const { entries } = await readJournal(call.data.journal.file);
  expect(entries.filter(({ type }) => type === 'tool-started')).toHaveLength(4);
});

test('a tool that does not answer is given up, with words for the model', async () => {
  const call = await fakeCall();
  await call.data.journal.close();
  vi.useFakeTimers();
  const hangs: InterviewTool = () =>
    llm.tool({ name: 'hangs', description: 'Hangs.', execute: () => new Promise(() => undefined) });
  const tools = interviewTools(call, [{ make: hangs, most: 1 }]);
  const tool = new llm.ToolContext(tools).getFunctionTool('hangs')!;
  const told = expect(Reflect.apply(tool.execute, undefined, [{}])).rejects.toThrow(
    'did not answer in time',
  );
  await vi.advanceTimersByTimeAsync(5_000);
  await told;
});

test('the next question comes with its hints, and after the last one the model knows what to do', async () => {
  const call = await fakeCall();
  const ask = (): Promise<unknown> => runTool(call, 'next_question', { skipped: false });
  expect(await ask()).toMatchObject({
    id: 'hard-problem',
    left: 3,
    hints: [expect.any(String), expect.any(String)],
  });
  await ask();
  await ask();
  await ask();
  expect(JSON.stringify(await ask())).toContain('Call save_report');
  await call.data.journal.close();
});
