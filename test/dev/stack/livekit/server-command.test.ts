import { expect, test } from 'vitest';
import { serverCommand } from '../../../../dev/stack/livekit/server-command.js';

const PORTS = { httpPort: 7001, udpPort: 7002 };
const CONFIG = 'keys: { key: top-secret }';
const ENV = {
  PATH: '/bin',
  HOME: '/home/me',
  LIVEKIT_KEYS: 'other: keys',
  NODE_IP: '192.0.2.1',
  DOCKER_HOST: 'unix:///run/me.sock',
};
const BINARY = { kind: 'binary', path: '/opt/livekit-server', from: 'PATH' } as const;
const IMAGE = { kind: 'docker', image: 'livekit/livekit-server:v1' } as const;

test.each([BINARY, IMAGE])('a secret never stands on the command line ($kind)', (source) => {
  const { args, env } = serverCommand(source, CONFIG, PORTS, ENV);
  expect(args.join(' ')).not.toContain('top-secret');
  expect(env['LIVEKIT_CONFIG']).toBe(CONFIG);
});

test.each([BINARY, IMAGE])('what is set for another server does not reach it ($kind)', (source) => {
  const { env } = serverCommand(source, CONFIG, PORTS, ENV);
  expect(env).not.toHaveProperty('LIVEKIT_KEYS');
  expect(env).not.toHaveProperty('NODE_IP');
});

test('a container is published on loopback only, and removed by name', () => {
  const { args, env, cleanUp } = serverCommand(IMAGE, CONFIG, PORTS, ENV);
  const published = args.filter((_, index) => args[index - 1] === '-p');
  expect(published).toEqual(['127.0.0.1:7001:7001', '127.0.0.1:7002:7002/udp']);
  expect(env['DOCKER_HOST']).toBe('unix:///run/me.sock');
  expect(cleanUp?.args).toEqual(['rm', '--force', args[args.indexOf('--name') + 1]]);
});
