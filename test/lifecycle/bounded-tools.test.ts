import { llm, voice } from '@livekit/agents';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { boundTools } from '../../src/lifecycle/bounded-tools.js';
import type { CallError } from '../../src/lifecycle/errors.js';

const failures: CallError[] = [];

beforeEach(() => {
  failures.length = 0;
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** Calls the one tool of an agent, as the framework does. */
function call(execute: () => Promise<unknown>): Promise<unknown> {
  const tool = llm.tool({ name: 'look_up', description: 'Looks something up.', execute });
  const agent = new voice.Agent({ instructions: 'Help.', tools: [tool] });
  boundTools(agent, (error) => failures.push(error));
  const bound = agent.toolCtx.functionTools['look_up'];
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion
  const options = {} as Parameters<NonNullable<typeof bound>['execute']>[1];
  return bound?.execute({}, options) ?? Promise.reject(new Error('the tool is gone'));
}

describe('a tool', () => {
  it('answers as if nothing stood before it', async () => {
    await expect(call(async () => 'found')).resolves.toBe('found');
    expect(failures).toEqual([]);
  });

  it('that throws, at once or later, is an error for the model, and is reported', async () => {
    const boom = new Error('no database');
    await expect(call(() => Promise.reject(boom))).rejects.toBe(boom);
    const throwing = call(() => {
      throw boom;
    });
    await expect(throwing).rejects.toBe(boom);
    expect(failures.map(({ message }) => message)).toEqual(['no database', 'no database']);
  });

  it('that hangs is given up after 30 s; the model is told, and it is reported', async () => {
    const hanging = call(() => new Promise(() => undefined));
    const settled = expect(hanging).rejects.toThrow('did not answer in time');
    await vi.advanceTimersByTimeAsync(30_000);
    await settled;
    await expect(hanging).rejects.toBeInstanceOf(llm.ToolError);
    expect(failures).toMatchObject([{ code: 'DEADLINE_EXCEEDED', fault: 'application' }]);
  });

  it('that tells the model something by throwing has not failed', async () => {
    await expect(call(() => Promise.reject(new llm.ToolError('no such id')))).rejects.toThrow(
      'no such id',
    );
    expect(failures).toEqual([]);
  });
});
