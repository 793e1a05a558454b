import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withoutSettings } from '../../../dev/docker/without-settings.js';

const composeFile = readFileSync(new URL('../../../docker-compose.yml', import.meta.url), 'utf8');

it('what a developer has set in the shell does not reach the stack that is tried out, and what programs need does', () => {
  const needed = { PATH: '/usr/bin', HOME: '/home/somebody', DOCKER_CONFIG: '/etc/docker' };
  const settings = {
    OPENAI_API_KEY: 'sk-of-a-developer',
    LIVEKIT_API_SECRET: 'of another server',
    BIND_IP: '192.0.2.1',
    STOP_GRACE: '1s',
    COMPOSE_FILE: 'docker-compose.yml:deploy/vm/docker-compose.yml',
    COMPOSE_PROFILES: 'scale',
  };
  expect(withoutSettings(composeFile, { ...needed, ...settings })).toEqual(needed);
});
