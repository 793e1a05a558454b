import { describe, expect, it, test } from 'vitest';
import { composeServices } from './support/compose.js';

const services = [...composeServices()].map(([name, service]) => ({ name, ...service }));
const published = services.flatMap(({ name, ports }) => ports.map((port) => ({ name, port })));

describe.each(services)('$name', (service) => {
  it('has no more rights than it needs', () => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      cap_add: [],
      privileged: false,
      network_mode: 'bridge',
    });
    expect(service.security_opt).toContain('no-new-privileges:true');
  });

  it('cannot take the memory of the others', () => {
    expect(service.mem_limit).toMatch(/^\d+[mg]$/);
  });

  it('is built here, or pulled in one version', () => {
    if (service.build === undefined) {
      expect(service.image).toMatch(/:[\w.-]*\d[\w.-]*$/);
    }
  });
});

test.each(published)('$name: $port is published on this machine alone', ({ port }) => {
  expect(port).toMatch(/^127\.0\.0\.1:/);
});

test('only LiveKit and the page may be published elsewhere', () => {
  const elsewhere = [...composeServices({ BIND_IP: '192.0.2.1' })].filter(([, { ports }]) =>
    ports.some((port) => !port.startsWith('127.0.0.1:')),
  );
  expect(elsewhere.map(([name]) => name)).toEqual(['livekit', 'page', 'livekit-2']);
});

test.each(['8081', '8082', '8089', '6379', '6789'])(
  'port %s asks nobody who they are, and stays inside',
  (inside) => {
    expect(published.filter(({ port }) => port.split('/')[0]?.endsWith(`:${inside}`))).toEqual([]);
  },
);

test('LiveKit tells clients its ports by its own numbers, so they are the same outside', () => {
  const media = published.filter(({ name, port }) => name === 'livekit' && !port.includes('7880'));
  for (const { port } of media) {
    const [outside, inside] = port.replace(/^127\.0\.0\.1:|\/udp$/g, '').split(':');
    expect(outside).toBe(inside);
  }
  expect(media).toHaveLength(2);
});
