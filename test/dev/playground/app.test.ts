import { gunzipSync } from 'node:zlib';
import { TokenVerifier } from 'livekit-server-sdk';
import { describe, expect, it } from 'vitest';
import { livekit, options, appWith, newCall, get, post, refusalOf } from './support/app.js';

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

  it('is compressed where it is large and nobody’s secret', async () => {
    const html = await (await get('/')).text();
    const script = /src="(\/assets\/[^"]+)"/.exec(html)?.[1] ?? '';
    const accepting = { 'Accept-Encoding': 'gzip' };
    const [whole, compressed] = [await get(script), await get(script, accepting)];
    expect(compressed.headers.get('content-encoding')).toBe('gzip');
    const [large, small] = [await whole.arrayBuffer(), await compressed.arrayBuffer()];
    expect(small.byteLength).toBeLessThan(large.byteLength / 2);
    expect(gunzipSync(small).equals(Buffer.from(large))).toBe(true);
    const offer = await get('/api/playground', accepting);
    expect(offer.headers.get('content-encoding')).toBeNull();
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
