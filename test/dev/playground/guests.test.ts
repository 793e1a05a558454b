import { TokenVerifier } from 'livekit-server-sdk';
import { describe, expect, it } from 'vitest';
import { livekit, appWith, ORIGIN, newCall, get, post, refusalOf } from './support/app.js';

describe('a caller who comes back', () => {
  it('needs a pass that this server has given out', async () => {
    for (const [path, more] of [
      ['rejoin', {}],
      ['agent', {}],
      ['file', { callId: 'AJ_1', file: 'transcript' }],
    ] as const) {
      const response = await appWith().request(`${ORIGIN}/api/calls/${path}`, {
        method: 'POST',
        body: JSON.stringify({ pass: 'eyJhbGciOiJIUzI1NiJ9.e30.c2ln', ...more }),
        headers: { host: '127.0.0.1:8088', 'content-type': 'application/json' },
      });
      expect(response.status, path).toBe(403);
    }
  });

  it('is given no other token by LiveKit’s own token, which is no pass', async () => {
    const { token } = newCall.parse(await (await post('{"interview":"hr-screening-en"}')).json());
    const response = await appWith().request(`${ORIGIN}/api/calls/rejoin`, {
      method: 'POST',
      body: JSON.stringify({ pass: token }),
      headers: { host: '127.0.0.1:8088', 'content-type': 'application/json' },
    });
    expect(response.status).toBe(403);
  });
});

describe('the grant for the developer’s panel', () => {
  it('is in the tokens of a page with the panel only', async () => {
    const attributesOf = async (app: ReturnType<typeof appWith>) => {
      const { token } = newCall.parse(
        await (await post('{"interview":"hr-screening-en"}', {}, app)).json(),
      );
      return (await new TokenVerifier(livekit.apiKey, livekit.apiSecret).verify(token)).attributes;
    };
    expect(await attributesOf(appWith())).toBeUndefined();
    expect(await attributesOf(appWith({ developer: { dataDir: '/nowhere' } }))).toEqual({
      'call.panel': '1',
    });
  });
});

describe('an access code', () => {
  const app = appWith({ accessCode: 'open sesame' });
  const elsewhere = { host: 'interviews.example' };
  const enter = (code: string) =>
    app.request('http://interviews.example/api/access', {
      method: 'POST',
      body: JSON.stringify({ code }),
      headers: { ...elsewhere, 'content-type': 'application/json' },
    });

  it('is asked for before anything else is answered', async () => {
    expect((await get('/api/playground', elsewhere, app)).status).toBe(401);
    expect((await post('{"interview":"hr-screening-en"}', elsewhere, app)).status).toBe(401);
  });

  it('opens the page for the browser that knows it, and for no other', async () => {
    expect((await enter('wrong')).status).toBe(403);
    const entered = await enter('open sesame');
    expect(entered.status).toBe(204);
    const cookie = entered.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    const known = { ...elsewhere, cookie: cookie.split(';')[0]! };
    expect((await get('/api/playground', known, app)).status).toBe(200);
    const forged = { ...elsewhere, cookie: `steadfast-access=${'0'.repeat(64)}` };
    expect((await get('/api/playground', forged, app)).status).toBe(401);
  });
});

describe('who is answered', () => {
  it.each(['evil.example', 'evil.example:8088', '192.168.1.5:8088', '127.0.0.1.evil.example', ''])(
    'is not who asks for the host “%s”',
    async (host) => {
      const response = await get('/', { host });
      expect(response.status).toBe(403);
      expect(await refusalOf(response)).toMatch(/only at 127\.0\.0\.1/);
    },
  );

  it.each(['127.0.0.1:8088', 'localhost:8088', 'LOCALHOST', '[::1]:8088'])(
    'is who asks for the host “%s”',
    async (host) => {
      expect((await get('/', { host })).status).toBe(200);
    },
  );

  it('is not another site’s page', async () => {
    const response = await post('{"interview":"hr-screening-en"}', {
      origin: 'https://evil.example',
    });
    expect(response.status).toBe(403);
  });

  it('is the playground’s own page', async () => {
    const response = await post('{"interview":"hr-screening-en"}', { origin: ORIGIN });
    expect(response.status).toBe(201);
  });
});
