import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { LIVEKIT_VERSION } from '../../../../dev/stack/livekit/source.js';

it('the compose file runs the LiveKit server that everything is tested with', () => {
  const compose = readFileSync('docker-compose.yml', 'utf8');
  const images = [...compose.matchAll(/image: livekit\/livekit-server:(\S+)/g)];

  expect(images.length).toBeGreaterThan(0);
  expect(new Set(images.map(([, version]) => version))).toEqual(new Set([LIVEKIT_VERSION]));
});
