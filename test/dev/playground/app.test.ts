import { TokenVerifier } from 'livekit-server-sdk';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { playgroundApp } from '../../../dev/playground/app.js';
import { buildPage, type PlaygroundOptions } from '../../../dev/playground/index.js';

const livekit = {
  url: 'ws://127.0.0.1:7880',
  apiKey: 'key',
  apiSecret: 'a secret of more than thirty-two characters',
};
const options: PlaygroundOptions = {
  livekit,
  agentName: 'interviewer',
  interviews: [
    { id: 'hr-screening-en', title: 'First screening', language: 'en' },
    { id: 'hr-screening-ru', title: 'Первое собеседование', language: 'ru' },
  ],
  simulated: true,
};
const pageFolder = await buildPage();

function appWith(more: Partial<PlaygroundOptions> = {}) {
  return playgroundApp({ ...options, ...more }, pageFolder);
}

const ORIGIN = 'http://127.0.0.1:8088';
const newCall = z.strictObject({
  url: z.string(),
  token: z.string(),
  room: z.string(),
  pass: z.string(),
});
const refusal = z.strictObject({ error: z.string() });

function get(path: string, headers: Record<string, string> = {}, app = appWith()) {
  return app.request(`${ORIGIN}${path}`, { headers: { host: '127.0.0.1:8088', ...headers } });
}

function post(body: string, headers: Record<string, string> = {}, app = appWith()) {
  return app.request(`${ORIGIN}/api/calls`, {
    method: 'POST',
    body,
    headers: { host: '127.0.0.1:8088', 'content-type': 'application/json', ...headers },
  });
}

async function refusalOf(response: Response): Promise<string> {
  return refusal.parse(await response.json()).error;
}

describe('a new call', () => {
  it('gets a token for one new room, that may do no more than talk there, and sends the agent', async () => {
    const response = await post('{"interview":"hr-screening-ru"}');
    expect(response.status).toBe(201);
    const { url, token, room } = newCall.parse(await response.json());
    expect(url).toBe(livekit.url);
    const claims = await new TokenVerifier(livekit.apiKey, livekit.apiSecret).verify(token);
    expect(claims.video).toEqual({
      room,
      roomJoin: true,
      canSubscribe: true,
      canPublish: true,
      canPublishSources: ['microphone'],
      canPublishData: true,
    });
    expect(claims.roomConfig?.agents).toMatchObject([
      { agentName: 'interviewer', metadata: '{"interview":"hr-screening-ru"}' },
    ]);
    expect(claims.exp! - claims.nbf!).toBe(600);
  });

  it('gets a room of its own every time', async () => {
    const app = appWith();
    const rooms = await Promise.all(
      [1, 2, 3].map(async () => {
        const response = await post('{"interview":"hr-screening-en"}', {}, app);
        return newCall.parse(await response.json()).room;
      }),
    );
    expect(new Set(rooms).size).toBe(3);
  });

  it.each([
    ['nothing', '', /not JSON/],
    ['no JSON', 'interview=hr-screening-en', /not JSON/],
    ['no interview', '{}', /interview must be one of: hr-screening-en, hr-screening-ru/],
    ['an interview that is not offered', '{"interview":"../etc"}', /must be one of/],
    ['more than it may say', '{"interview":"hr-screening-en","room":"mine"}', /"room"/],
    ['a list', '["hr-screening-en"]', /object/],
    [
      'a candidate who is not offered',
      '{"interview":"hr-screening-en","candidate":"x"}',
      /candidate/,
    ],
    [
      'a name with a line break',
      '{"interview":"hr-screening-en","name":"a\\nb"}',
      /name has characters/,
    ],
  ])('asked for with %s is refused, saying why', async (_what, body, reason) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await refusalOf(response)).toMatch(reason);
  });

  it('asked for with a huge body is refused', async () => {
    const response = await post(JSON.stringify({ interview: 'x'.repeat(8000) }), {
      'content-length': '8020',
    });
    expect(response.status).toBe(413);
    expect(await refusalOf(response)).toBe('The body is too long.');
  });

  it('is refused after ten in a minute, saying when to try again; bad requests do not count', async () => {
    const app = appWith();
    await post('{}', {}, app);
    for (let count = 0; count < 10; count += 1) {
      expect((await post('{"interview":"hr-screening-en"}', {}, app)).status).toBe(201);
    }
    const response = await post('{"interview":"hr-screening-en"}', {}, app);
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refusalOf(response)).toMatch(/Try again in \d+ s/);
  });
});

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

describe('the page', () => {
  it('may run its own scripts only, and talk with this server and LiveKit only', async () => {
    const response = await get('/');
    const policy = response.headers.get('content-security-policy');
    expect(policy?.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      "media-src 'self' blob:",
      "connect-src 'self' ws://127.0.0.1:7880 http://127.0.0.1:7880",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('x-frame-options')).toBe('DENY');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('permissions-policy')).toContain('microphone=(self)');
  });

  it('has no script and no style of its own in the HTML, which that policy would block', async () => {
    const html = await (await get('/')).text();
    expect(html).not.toMatch(/<style|<script(?![^>]*\ssrc=)|\son[a-z]+=|\sstyle=/);
  });

  it('is served, with what it loads; what has a digest in its name may be kept for ever', async () => {
    const html = await (await get('/')).text();
    const assets = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path!);
    expect(assets.length).toBeGreaterThanOrEqual(2);
    for (const path of ['/icon.svg', ...assets]) {
      const response = await get(path);
      expect(response.status, path).toBe(200);
      expect(response.headers.get('cache-control') ?? '').toMatch(
        path.startsWith('/assets/') ? /immutable/ : /^$/,
      );
    }
  });

  it('is told which interviews there are, and that a simulator speaks', async () => {
    const response = await get('/api/playground');
    expect(await response.json()).toEqual({
      interviews: options.interviews,
      candidates: [],
      simulated: true,
      files: [],
      developer: 'none',
    });
  });

  it.each([
    '/app.ts',
    '/../app.ts',
    '/..%2fapp.ts',
    '/main.tsx',
    '/api/developer/calls',
    '/nothing',
  ])('is all that is served: not %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });
});
