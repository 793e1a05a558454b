import { expect, test } from 'vitest';
import {
  drains,
  takesCalls,
  unknownCommand,
  variablesFromFlags,
} from '../../src/config/command-line.js';

test('LiveKit’s flags become the variables that job processes read', () => {
  expect(
    variablesFromFlags(['dev', '--url', 'ws://127.0.0.1:1', '--api-key=k', '--log-level', 'debug']),
  ).toEqual({ LIVEKIT_URL: 'ws://127.0.0.1:1', LIVEKIT_API_KEY: 'k', LOG_LEVEL: 'debug' });
});

test('flags that are not ours, or have no value, set nothing', () => {
  expect(variablesFromFlags(['connect', '--room', 'r', '--url'])).toEqual({});
  expect(variablesFromFlags([])).toEqual({});
});

test('only a process that takes calls needs a valid configuration', () => {
  expect(takesCalls(['start'], false)).toBe(true);
  expect(takesCalls(['--log-level', 'info', 'dev'], false)).toBe(true);
  expect(takesCalls([], true)).toBe(true);
  expect(takesCalls(['--help'], false)).toBe(false);
  expect(takesCalls([], false)).toBe(false);
});

test('a command that LiveKit does not know is named; a room’s name is none', () => {
  expect(unknownCommand(['strat'])).toBe('strat');
  expect(unknownCommand(['connect', '--room', 'a-room'])).toBeUndefined();
  expect(unknownCommand(['--url', 'ws://127.0.0.1:1', 'start'])).toBeUndefined();
  expect(unknownCommand(['--help'])).toBeUndefined();
});

test('only `start` waits for its calls when it is told to stop', () => {
  expect(drains(['--url', 'ws://127.0.0.1:1', 'start'])).toBe(true);
  expect(drains(['dev'])).toBe(false);
  expect(drains(['connect', '--room', 'start'])).toBe(false);
});
