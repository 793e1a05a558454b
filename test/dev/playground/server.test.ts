import { describe, expect, it } from 'vitest';
import { startPlayground } from '../../../dev/playground/index.js';

const options = {
  livekit: { url: 'ws://127.0.0.1:7880', apiKey: 'key', apiSecret: 'secret' },
  agentName: 'interviewer',
  interviews: [{ id: 'hr-screening-en', title: 'First screening', language: 'en' }],
  simulated: false,
  pageFolder: '.',
};

describe('the playground', () => {
  it('listens on loopback, on a free port, and ends though somebody is connected', async () => {
    const playground = await startPlayground(options);
    expect(playground.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect((await fetch(`${playground.url}api/playground`)).status).toBe(200);
    await playground.stop();
    await playground.stop();
    await expect(fetch(playground.url)).rejects.toThrow('fetch failed');
  });

  it.each(['0.0.0.0', '192.168.1.5', 'example.org'])(
    'refuses to listen on %s without a code',
    async (host) => {
      await expect(startPlayground({ ...options, host })).rejects.toThrow(/is no loopback/);
      const short = { ...options, host, accessCode: '1234567' };
      await expect(startPlayground(short)).rejects.toThrow(/8 characters or more/);
    },
  );

  it('refuses to start with nothing to offer', async () => {
    await expect(startPlayground({ ...options, interviews: [] })).rejects.toThrow(/one interview/);
  });

  it('says so when its port is taken', async () => {
    await using first = await startPlayground(options);
    const port = Number(new URL(first.url).port);
    await expect(startPlayground({ ...options, port })).rejects.toThrow(/EADDRINUSE/);
  });
});
