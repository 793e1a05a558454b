import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { parseLogLines } from '../../../dev/stack/log-lines.js';
import { Output } from '../../../dev/stack/output.js';

function linesOf(...chunks: (string | Buffer)[]): readonly string[] {
  const output = new Output();
  const stream = new PassThrough();
  output.read(stream);
  // Synchronously: what a stream is given while it flows is handed on at once.
  chunks.forEach((chunk) => stream.emit('data', Buffer.from(chunk)));
  stream.emit('end');
  return output.lines();
}

test('lines are whole, however they arrive', () => {
  expect(linesOf('one\ntw', 'o\r\nthr', 'ee')).toEqual(['one', 'two', 'three']);
});

test('a letter cut in two arrives whole', () => {
  const letter = Buffer.from('я\n');
  expect(linesOf(letter.subarray(0, 1), letter.subarray(1))).toEqual(['я']);
});

test('JSON with a line separator in a text stays one line', () => {
  expect(parseLogLines(linesOf('{"msg":"a\u2028b"}\n'))).toEqual([{ msg: 'a\u2028b' }]);
});

test('of a log, what is no JSON object is left out', () => {
  const lines = ['{"msg":"one"}', 'Error: boom', '{broken', '[1]', '{"msg":"two"}'];
  expect(parseLogLines(lines)).toEqual([{ msg: 'one' }, { msg: 'two' }]);
});

test('memory is bounded: the oldest lines go first', () => {
  const output = new Output();
  for (let line = 0; line <= 20_000; line += 1) {
    output.add(String(line));
  }
  expect(output.lines()).toHaveLength(20_000);
  expect(output.lines()[0]).toBe('1');
  expect(output.tail(2)).toBe('    19999\n    20000');
});

test('a listener hears nothing more once it is removed', () => {
  const output = new Output();
  const heard: string[] = [];
  const stop = output.onLine((line) => void heard.push(line));
  output.add('one');
  stop();
  output.add('two');
  expect(heard).toEqual(['one']);
});
