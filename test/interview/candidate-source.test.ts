import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { CANDIDATE_ID } from '../../src/interview/candidate.js';
import {
  candidateApi,
  candidateFolder,
  CandidateError,
  type CandidateSource,
} from '../../src/interview/candidate-source.js';
import { dataFolder } from './fake-call.js';

const never = new AbortController().signal;

async function folderWith(files: Readonly<Record<string, string>>): Promise<CandidateSource> {
  const dir = join(await dataFolder(), 'candidates');
  await mkdir(dir);
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(dir, name), text);
  }
  return candidateFolder(dir);
}

describe('the folder of candidates', () => {
  it('ships two samples', async () => {
    const shipped = candidateFolder('candidates');
    expect(await shipped('sam-carter', never)).toMatchObject({ name: 'Sam Carter' });
    expect(await shipped('petr-orlov', never)).toMatchObject({ name: 'Пётр Орлов' });
  });

  it('gives what a file says, and nothing that nobody asked for', async () => {
    const source = await folderWith({ 'c-1.json': '{"name":"Kim","salary":1,"role":"Cook"}' });
    expect(await source('c-1', never)).toEqual({ name: 'Kim', role: 'Cook' });
  });

  it.each([
    ['no such file', {}],
    ['no JSON', { 'c-1.json': 'name: Kim' }],
    ['no name', { 'c-1.json': '{"role":"Cook"}' }],
    ['a name of nothing', { 'c-1.json': '{"name":"\\u0000\\u202e "}' }],
    ['a megabyte', { 'c-1.json': JSON.stringify({ name: 'x'.repeat(1_000_000) }) }],
  ])('refuses %s with words that repeat none of it', async (_what, files) => {
    const source = await folderWith(files);
    const error: unknown = await source('c-1', never).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CandidateError);
    expect(String(error)).not.toMatch(/Kim|Cook|xx/);
  });

  it('takes control characters and hidden marks out, and cuts what is too long', async () => {
    const hostile = { name: 'A\u0000\u001b[31m\u202Eb\nc', notes: 'n'.repeat(5_000) };
    const source = await folderWith({ 'c-1.json': JSON.stringify(hostile) });
    const { name, notes } = await source('c-1', never);
    expect(name).toBe('A [31m b c');
    expect(notes).toHaveLength(1_000);
    expect(notes).toMatch(/n…$/);
  });

  it.each(['../secret', 'a/b', '.', '..', 'a.json', '', 'x'.repeat(65), 'a\u0000', '-a'])(
    'is never asked for %j: that is no id',
    (id) => expect(id).not.toMatch(CANDIDATE_ID),
  );
});

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((done) => (server ? server.close(done) : done(undefined)));
  server = undefined;
});

/** A service that answers as told, and the paths and tokens it was asked with. */
async function serviceThat(answer: RequestListener, timeoutMs = 2_000) {
  const asked: string[] = [];
  server = createServer((request, response) => {
    asked.push(`${request.url ?? ''} ${request.headers.authorization ?? ''}`);
    answer(request, response);
  });
  await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const url = `http://127.0.0.1:${port}/candidates/`;
  return { asked, source: candidateApi({ url, token: 'secret-token', timeoutMs }) };
}

describe('the service of candidates', () => {
  it('is asked by id, with a bearer token', async () => {
    const { source, asked } = await serviceThat((_request, response) =>
      response.end('{"name":"Kim"}'),
    );
    expect(await source('c-1', never)).toEqual({ name: 'Kim' });
    expect(asked).toEqual(['/candidates/c-1 Bearer secret-token']);
  });

  it('is asked again when it fails, three times at most', async () => {
    let fails = 2;
    const { source, asked } = await serviceThat((_request, response) => {
      fails -= 1;
      response.writeHead(fails < 0 ? 200 : 503).end('{"name":"Kim"}');
    });
    expect(await source('c-1', never)).toEqual({ name: 'Kim' });
    expect(asked).toHaveLength(3);
    fails = 100;
    await expect(source('c-1', never)).rejects.toThrow('the service answers with 503');
    expect(asked).toHaveLength(6);
  });

  it.each([401, 404])('is asked once when it answers with %d', async (status) => {
    const { source, asked } = await serviceThat((_request, response) =>
      response.writeHead(status).end(),
    );
    await expect(source('c-1', never)).rejects.toThrow(`answers with ${status}`);
    expect(asked).toHaveLength(1);
  });

  it('gets its token nowhere else: a redirect is no answer', async () => {
    const { source, asked } = await serviceThat((_request, response) =>
      response.writeHead(302, { location: '/elsewhere' }).end(),
    );
    await expect(source('c-1', never)).rejects.toThrow(CandidateError);
    expect(asked.every((one) => one.startsWith('/candidates/'))).toBe(true);
  });

  it('is given up when it does not answer in time', async () => {
    const { source } = await serviceThat(() => undefined, 50);
    await expect(source('c-1', never)).rejects.toThrow('too slow');
  });

  it('cannot fill our memory', async () => {
    const { source } = await serviceThat((_request, response) => {
      const more = (): void => {
        while (response.write('x'.repeat(65_536))) {
          // Until it is full.
        }
      };
      response.on('drain', more);
      more();
    });
    await expect(source('c-1', never)).rejects.toThrow('longer than 65536 bytes');
  });
});
