import { AgentDispatchClient, RoomServiceClient } from 'livekit-server-sdk';
import type { Config } from '../config/schema.js';
import { healthOf } from '../worker/health.js';
import { httpUrl } from './checks/livekit.js';
import { well, wrong, type Finding } from './finding.js';

/** ParticipantInfo.Kind.AGENT and JobStatus of LiveKit's protocol, which its server SDK does not export. */
const AGENT: ReadonlySet<unknown> = new Set([4]);
const [PENDING, RUNNING, SUCCESS, FAILED]: readonly unknown[] = [0, 1, 2, 3];

type Dispatches = Awaited<ReturnType<AgentDispatchClient['listDispatch']>>;

/** Why no agent is in a room, from what the server and the worker on this machine say. */
export async function whyNoAgent(config: Config, room: string): Promise<readonly Finding[]> {
  const { apiKey, apiSecret } = config.livekit;
  const rooms = new RoomServiceClient(httpUrl(config), apiKey, apiSecret);
  if ((await rooms.listRooms([room])).length === 0) {
    return [
      wrong('room', {
        what: `there is no room "${room}" now`,
        why: 'A room lives for as long as somebody is in it; only then the server knows of its agents.',
        fix: 'Ask while the caller waits. What past calls did: `npm run calls`.',
      }),
    ];
  }
  const people = await rooms.listParticipants(room);
  const agents = people.filter(({ kind }) => AGENT.has(kind));
  if (agents.length > 0) {
    const names = agents.map(({ attributes, identity }) => attributes['lk.agent.name'] ?? identity);
    return [well('room', `an agent is there: ${names.join(', ')}`)];
  }
  const dispatches = await new AgentDispatchClient(httpUrl(config), apiKey, apiSecret).listDispatch(
    room,
  );
  return [
    well('room', `"${room}" has ${people.length} people and no agent`),
    ...asked(config, dispatches),
    ...(await answered(config, dispatches)),
  ];
}

/** Whether anybody has asked for our agent. */
function asked({ worker }: Config, dispatches: Dispatches): Finding[] {
  // A room that nobody asked an agent into has a dispatch without a name: for agents that have none.
  const names = dispatches.map(({ agentName }) => agentName).filter((name) => name !== '');
  if (names.includes(worker.agentName)) {
    return [well('dispatch', `"${worker.agentName}" was asked for`)];
  }
  return [
    wrong('dispatch', {
      what:
        names.length === 0
          ? 'no agent was asked for'
          : `another agent was asked for: ${names.map((name) => `"${name}"`).join(', ')}`,
      why: 'The agent has a name, so it joins no room by itself.',
      fix: `Ask for "${worker.agentName}" in the caller's token (roomConfig.agents), which counts when it creates the room, or by the dispatch API.`,
    }),
  ];
}

/** What became of it. */
async function answered(config: Config, dispatches: Dispatches): Promise<Finding[]> {
  const own = dispatches.filter(({ agentName }) => agentName === config.worker.agentName);
  const jobs = own.flatMap(({ state }) => state?.jobs ?? []);
  const [job] = jobs.map(({ state }) => state).filter((state) => state !== undefined);
  if (own.length === 0) {
    return [];
  }
  if (job === undefined) {
    return [await noWorker(config)];
  }
  if (job.status === FAILED) {
    return [
      wrong('job', {
        what: `a worker took it, and the job failed${job.error === '' ? '' : `: ${job.error}`}`,
        why: 'The call’s process could not start or join.',
        fix: 'Look at the worker’s log for this room; then dispatch again.',
      }),
    ];
  }
  const words = new Map<unknown, string>([
    [PENDING, 'a worker has it, and has not joined yet'],
    [RUNNING, 'it runs, and is joining or has just left'],
    [SUCCESS, 'the agent was there, and has ended its call'],
  ]);
  return [well('job', words.get(job.status) ?? 'its state is unknown')];
}

async function noWorker(config: Config): Promise<Finding> {
  const { isConnected, worker: state } = await healthOf(config);
  const { maxCalls, agentName } = config.worker;
  const again = 'LiveKit never tries again: dispatch anew (the page does when it is asked to).';
  if (state === undefined) {
    return wrong('worker', {
      what: 'no worker took it, and none answers on this machine',
      why: again,
      fix: 'Start one (`node dist/agent.js start`), or ask on the machine where it runs.',
    });
  }
  if (!isConnected || state.agent_name !== agentName) {
    return wrong('worker', {
      what: isConnected
        ? `the worker here listens to "${state.agent_name}"`
        : 'the worker here is not connected to LiveKit',
      why: again,
      fix: 'Run `npm run doctor` for what is wrong with it.',
    });
  }
  return wrong('worker', {
    what: `no worker took it; the one here has ${state.active_jobs} of ${maxCalls} calls`,
    why: `A worker that is full, draining, or was not connected at that moment takes none. ${again}`,
    fix: 'Start another worker, or raise MAX_CALLS if there is memory; then dispatch again.',
  });
}
