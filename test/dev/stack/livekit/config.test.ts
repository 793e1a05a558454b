import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { serverConfig } from '../../../../dev/stack/livekit/config.js';

const SETTINGS = { httpPort: 7001, udpPort: 7002, apiKey: 'key', apiSecret: 'secret' };

test('a server on this machine listens on loopback only', () => {
  const config: unknown = parse(serverConfig({ ...SETTINGS, inContainer: false }));
  expect(config).toMatchObject({
    port: 7001,
    bind_addresses: ['127.0.0.1'],
    rtc: {
      udp_port: 7002,
      // Whatever the bind addresses say, any other value listens on every interface.
      tcp_port: 0,
      use_external_ip: false,
      node_ip: '127.0.0.1',
      interfaces: { includes: ['lo', 'lo0'] },
      ips: { includes: ['127.0.0.1/32'] },
    },
    keys: { key: 'secret' },
  });
});

test('a server in a container listens inside it, and advertises loopback', () => {
  const config: unknown = parse(serverConfig({ ...SETTINGS, inContainer: true }));
  expect(config).not.toHaveProperty('bind_addresses');
  expect(config).not.toHaveProperty('rtc.interfaces');
  expect(config).not.toHaveProperty('rtc.use_ice_lite');
  expect(config).toHaveProperty('rtc.node_ip', '127.0.0.1');
});

test.each([true, false])(
  'no client is sent to a public STUN server (container: %s)',
  (inContainer) => {
    const config: unknown = parse(serverConfig({ ...SETTINGS, inContainer }));
    expect(config).toHaveProperty('rtc.stun_servers', [expect.stringMatching(/^127\.0\.0\.1:/)]);
  },
);

test('only a server of a cluster is given a Redis', () => {
  const alone: unknown = parse(serverConfig({ ...SETTINGS, inContainer: false }));
  expect(alone).not.toHaveProperty('redis');
  const redisAddress = '127.0.0.1:6000';
  const shared: unknown = parse(serverConfig({ ...SETTINGS, inContainer: false, redisAddress }));
  expect(shared).toHaveProperty('redis.address', redisAddress);
});
