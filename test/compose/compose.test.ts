import { RoomServiceClient } from 'livekit-server-sdk';
import { z } from 'zod';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  disposeCallers,
  joinAsCaller,
  runScriptedCall,
  type CallEvent,
} from '../../dev/caller/index.js';
import { findEngine } from '../../dev/docker/engine.js';
import { buildImages } from '../../dev/docker/images.js';
import { ComposeProject } from '../../dev/docker/project.js';
import { waitUntil } from '../../dev/stack/deadline.js';
import { callerToken } from '../../dev/stack/index.js';
import { publishedPorts } from './published-ports.js';

/** docker-compose.yml on a real engine, and callers from outside. */

const MINUTE_MS = 60_000;
/** What was begun, to be ended in the opposite order, also when the beginning failed. */
const ends: (() => Promise<void>)[] = [];
let project: ComposeProject;
let missing = '';

beforeAll(async () => {
  const found = await findEngine();
  if ('missing' in found) {
    missing = found.missing;
    process.stderr.write(`\n  docker compose is NOT tested: ${missing}\n\n`);
    return;
  }
  ends.push(() => found.stop());
  const sizes = await buildImages(found);
  process.stderr.write(`  images, in MB: ${JSON.stringify(sizes)}\n`);
  project = await ComposeProject.create(found);
  ends.push(() => project.down());
  await project.run('up', '--detach', '--no-build', '--wait');
}, 25 * MINUTE_MS);

afterAll(async () => {
  await disposeCallers();
  const failures: unknown[] = [];
  for (const end of ends.toReversed()) {
    // Whatever cannot be ended must not keep the rest from it.
    await end().catch((error: unknown) => failures.push(error));
  }
  expect(failures).toEqual([]);
}, 4 * MINUTE_MS);

beforeEach(({ skip }) => {
  skip(missing !== '', missing);
});

const calls = z.array(z.looseObject({ callId: z.string(), outcome: z.string().nullable() }));

/** The calls that the agent's container has recorded. */
async function recorded() {
  return calls.parse(
    JSON.parse(await project.run('exec', 'agent', 'node', 'dist/calls.js', '--json')),
  );
}

/** A dispatch that finds no worker is never tried again, and after a restart of LiveKit the worker is back some seconds later. */
async function workerIsReady(service = 'agent'): Promise<void> {
  const ask = "fetch('http://127.0.0.1:8082/ready').then((r) => process.exit(r.ok ? 0 : 1))";
  const isReady = () =>
    project.run('exec', service, 'node', '-e', ask).then(
      () => true,
      () => false,
    );
  await waitUntil(isReady, { deadlineMs: 60_000, what: 'the worker to take calls' });
}

async function holdCall(onEvent: (event: CallEvent) => void = () => undefined) {
  const { livekit } = project;
  await workerIsReady();
  return runScriptedCall({ livekit, agentName: 'interviewer', language: 'en', onEvent });
}

describe('docker compose up', { timeout: 4 * MINUTE_MS }, () => {
  it('runs nobody as root who need not be, and nothing that can change itself', async () => {
    for (const service of ['agent', 'page', 'simulator']) {
      const [container] = z
        .array(
          z.object({
            Config: z.object({ User: z.string() }),
            HostConfig: z.object({ ReadonlyRootfs: z.boolean(), CapDrop: z.array(z.string()) }),
          }),
        )
        .parse(JSON.parse(await project.docker('inspect', await project.container(service))));
      expect(container?.Config.User, service).toBe('node');
      expect(container?.HostConfig, service).toEqual({ ReadonlyRootfs: true, CapDrop: ['ALL'] });
    }
  });

  it('publishes nothing but what browsers need, and that on this machine alone', async () => {
    expect(await publishedPorts(project)).toEqual([
      '127.0.0.1:7880 is 7880/tcp',
      '127.0.0.1:7881 is 7881/tcp',
      '127.0.0.1:7882 is 7882/udp',
      '127.0.0.1:8088 is 8088/tcp',
    ]);
  });

  it('finds nothing wrong with itself', async () => {
    const printed = await project.run('exec', 'agent', 'node', 'dist/doctor.js', '--json');
    const { findings } = z
      .object({ findings: z.array(z.looseObject({ ok: z.boolean(), what: z.string() })) })
      .parse(JSON.parse(printed));
    expect(findings.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('serves the page', async () => {
    const page = await fetch('http://127.0.0.1:8088/');
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<div id="page">');
  });

  it('goes on with a call while LiveKit is restarted', async () => {
    const { livekit } = project;
    const room = 'restarted-livekit';
    const metadata = JSON.stringify({ interview: 'hr-screening-en' });
    const token = await callerToken({
      ...{ livekit, room, metadata },
      ...{ identity: 'caller', agentName: 'interviewer' },
    });
    await workerIsReady();
    await using caller = await joinAsCaller({ url: livekit.url, token });
    await caller.agentVoice.waitForVoice({ since: { atMs: 0, heardMs: 0 }, timeoutMs: 30_000 });
    await caller.waitForAgentToFinish({ timeoutMs: 60_000 });
    await project.run('restart', '--timeout', '1', 'livekit');
    await project.run('up', '--detach', '--no-build', '--wait', 'livekit');
    const mark = caller.agentVoice.mark();
    const isAnswered = async (): Promise<boolean> => {
      // Said again: what is said while the caller's own connection comes back is heard by nobody.
      await caller.say('Hello, are you still there?');
      const heard = caller.agentVoice.waitForVoice({ since: mark, timeoutMs: 8_000 });
      return heard.then(() => true).catch(() => false);
    };
    await waitUntil(isAnswered, { deadlineMs: 90_000, what: 'an answer after the restart' });
    expect(caller.agentIdentities).toHaveLength(1);
  });

  it('lets a caller hold a whole interview, though the agent is told to stop in the middle of it, and keeps the records', async () => {
    let stopped: Promise<string> | undefined;
    const report = await holdCall(({ type }) => {
      stopped ??= type === 'greeted' ? project.run('stop', 'agent') : undefined;
    });
    expect(report.problems).toEqual([]);
    expect(report).toMatchObject({ ok: true, outcome: 'completed' });
    await stopped;
    const state = await project.docker(
      'inspect',
      '--format',
      '{{.State.ExitCode}}',
      await project.container('agent'),
    );
    // 143: it ended by itself, after SIGTERM. 137 would be a kill.
    expect(state).toBe('143');
    await project.run('up', '--detach', '--no-build', '--wait', 'agent');
    expect(await recorded()).toContainEqual(
      expect.objectContaining({ callId: report.callId, outcome: 'completed' }),
    );
  });

  it('with the profile scale has a second worker on a second node, which answers when the first is stopped', async () => {
    await project.set('LIVEKIT_REDIS', 'redis:6379');
    await project.run('--profile', 'scale', 'up', '--detach', '--no-build', '--wait');
    await project.run('stop', 'agent');
    const livekit = { ...project.livekit, url: 'ws://127.0.0.1:7890' };
    const room = 'second-node';
    const metadata = JSON.stringify({ interview: 'hr-screening-en' });
    const asked = { livekit, room, metadata, identity: 'caller', agentName: 'interviewer' };
    await workerIsReady('agent-2');
    await using caller = await joinAsCaller({ url: livekit.url, token: await callerToken(asked) });
    await caller.agentVoice.waitForVoice({ since: { atMs: 0, heardMs: 0 }, timeoutMs: 30_000 });
    // What the first node knows is what the second knows.
    const first = new RoomServiceClient('http://127.0.0.1:7880', livekit.apiKey, livekit.apiSecret);
    expect(await first.listParticipants(room)).toHaveLength(2);
  });

  it('is gone without a trace after `docker compose down`', async () => {
    await project.down();
    const label = ['--filter', `label=com.docker.compose.project=${project.name}`, '--quiet'];
    expect(await project.docker('ps', '--all', ...label)).toBe('');
    expect(await project.docker('network', 'ls', ...label)).toBe('');
    expect(await project.docker('volume', 'ls', ...label)).toBe('');
  });
});
