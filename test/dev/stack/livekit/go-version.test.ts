import { expect, test } from 'vitest';
import { isGoNewEnough, parseGoVersion } from '../../../../dev/stack/livekit/go-version.js';

test.each([
  ['go version go1.26.8 linux/amd64\n', { major: 1, minor: 26 }],
  ['go version go1.27rc1 darwin/arm64', { major: 1, minor: 27 }],
  ['go version devel go1.28-5f8a23c Tue Jun 2 linux/amd64', { major: 1, minor: 28 }],
  ['go: command not found', null],
  ['', null],
])('%j is read as %j', (printed, version) => {
  expect(parseGoVersion(printed)).toEqual(version);
});

test.each([
  [{ major: 1, minor: 25 }, false],
  [{ major: 1, minor: 26 }, true],
  [{ major: 1, minor: 100 }, true],
  [{ major: 2, minor: 0 }, true],
  [{ major: 0, minor: 99 }, false],
])('%j builds the server: %s', (version, enough) => {
  expect(isGoNewEnough(version)).toBe(enough);
});
