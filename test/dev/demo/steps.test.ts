import { expect, test } from 'vitest';
import { Endings } from '../../../dev/demo/endings.js';
import { Steps } from '../../../dev/demo/steps.js';

function screen(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
}

test('a step that works says what came of it and how long it took', async () => {
  const paper = screen(false);
  await new Steps(paper).run(
    'Server',
    async () => 7,
    (value) => `port ${String(value)}`,
  );
  expect(paper.written).toEqual([expect.stringMatching(/^ {2}✓ Server: port 7 \(\d+\.\d s\)\n$/)]);
});

test('a step that fails says so, and why is left to the caller', async () => {
  const paper = screen(false);
  const failing = new Steps(paper).run('Server', () => Promise.reject(new Error('no')), String);
  await expect(failing).rejects.toThrow('no');
  expect(paper.written).toEqual([expect.stringMatching(/^ {2}✗ Server \(/)]);
});

test('on a terminal its notes take each other’s place on one line', async () => {
  const terminal = screen(true);
  const work = async (note: (text: string) => void): Promise<void> => note('half');
  await new Steps(terminal).run('Server', work, () => 'up');
  expect(terminal.written.slice(0, 2)).toEqual([
    '\r\u001b[2K  Server: …',
    '\r\u001b[2K  Server: half',
  ]);
});

test('what was started is ended in the reverse order, whatever one of them does', async () => {
  const ended: string[] = [];
  const endings = new Endings();
  const thing = (name: string, fails = false) => ({
    stop: async (): Promise<void> => {
      ended.push(name);
      if (fails) {
        throw new Error(name);
      }
    },
  });
  endings.add(thing('server'));
  endings.add(thing('worker', true));
  endings.add(thing('page'));
  await endings.run();
  await endings.run();
  expect(ended).toEqual(['page', 'worker', 'server']);
});
