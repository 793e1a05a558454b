import { describe, expect, test } from 'vitest';
import { resolveLiveKit } from '../../../../dev/stack/livekit/resolve.js';
import type { LiveKitSource } from '../../../../dev/stack/livekit/source.js';
import { CACHED_SERVER, fakeMachine, type FakeMachineParts } from '../support/fake-machine.js';

const SERVER_ENV = {
  LIVEKIT_URL: 'wss://livekit.example.com',
  LIVEKIT_API_KEY: 'key',
  LIVEKIT_API_SECRET: 'secret',
};
const NAMED = { LIVEKIT_SERVER_BIN: '/opt/livekit-server' };
const ON_PATH = '/usr/bin/livekit-server';
const DOCKER = {
  'docker --version': 'Docker 28',
  'docker info --format {{.ServerVersion}}': '28\n',
};

function resolveOn(parts: FakeMachineParts): Promise<LiveKitSource> {
  return resolveLiveKit({ machine: fakeMachine(parts), onProgress: () => undefined });
}

describe('the order in which a LiveKit server is looked for', () => {
  const everything = {
    env: { ...SERVER_ENV, ...NAMED },
    programs: [NAMED.LIVEKIT_SERVER_BIN, ON_PATH, CACHED_SERVER],
    answers: DOCKER,
  };

  test('LIVEKIT_URL wins over everything', async () => {
    expect(await resolveOn(everything)).toEqual({
      kind: 'running',
      url: 'wss://livekit.example.com',
      apiKey: 'key',
      apiSecret: 'secret',
    });
  });

  test('then the program LIVEKIT_SERVER_BIN names', async () => {
    const source = await resolveOn({ ...everything, env: NAMED });
    expect(source).toMatchObject({ path: '/opt/livekit-server', from: 'LIVEKIT_SERVER_BIN' });
  });

  test('then livekit-server on PATH', async () => {
    const source = await resolveOn({ ...everything, env: {} });
    expect(source).toMatchObject({ path: ON_PATH, from: 'PATH' });
  });

  test('then the cache', async () => {
    const source = await resolveOn({ ...everything, env: {}, programs: [CACHED_SERVER] });
    expect(source).toMatchObject({ path: CACHED_SERVER, from: 'the cache' });
  });

  test('Docker comes last, and only with its engine running', async () => {
    expect(await resolveOn({ answers: DOCKER })).toEqual({
      kind: 'docker',
      image: 'livekit/livekit-server:v1.13.5',
    });
    const engineOff = resolveOn({ answers: { 'docker --version': 'Docker 28' } });
    await expect(engineOff).rejects.toThrow('its engine is not running');
  });

  test('a Go that is too old is passed over', async () => {
    const answers = { ...DOCKER, 'go version': 'go version go1.25.4 linux/amd64' };
    expect(await resolveOn({ answers })).toMatchObject({ kind: 'docker' });
  });
});

describe('what a person is told', () => {
  test('without any way, every way is listed with its reason and its remedy', async () => {
    const answers = { 'go version': 'go version go1.25.4 linux/amd64\n' };
    const error: unknown = await resolveOn({ answers }).catch((reason: unknown) => reason);
    expect(String(error)).toContain('LIVEKIT_URL is not set. To use it: set LIVEKIT_URL');
    expect(String(error)).toContain('livekit-server is not on PATH. To use it: put');
    expect(String(error)).toContain(`${CACHED_SERVER} does not exist`);
    expect(String(error)).toContain('go1.25.4 linux/amd64 is too old. To use it: install Go 1.26');
    expect(String(error)).toContain('docker is not on PATH. To use it: install and start Docker');
  });

  test.each([
    ['LIVEKIT_API_KEY', { ...SERVER_ENV, LIVEKIT_API_KEY: '' }],
    ['LIVEKIT_API_SECRET', { ...SERVER_ENV, LIVEKIT_API_SECRET: '' }],
  ])('LIVEKIT_URL without %s is refused, not passed over', async (name, env) => {
    await expect(resolveOn({ env, programs: [ON_PATH] })).rejects.toThrow(`${name} is not`);
  });

  test('a LIVEKIT_URL that is no address is refused', async () => {
    const env = { ...SERVER_ENV, LIVEKIT_URL: 'livekit.example.com' };
    await expect(resolveOn({ env })).rejects.toThrow('must start with ws:// or wss://');
  });

  test('a LIVEKIT_SERVER_BIN that cannot be run is refused, not passed over', async () => {
    const wrong = resolveOn({ env: NAMED, programs: [ON_PATH] });
    await expect(wrong).rejects.toThrow('/opt/livekit-server, which is no program');
  });
});
