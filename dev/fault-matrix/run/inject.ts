import { setTimeout as delay } from 'node:timers/promises';
import { AgentDispatchClient, RoomServiceClient } from 'livekit-server-sdk';
import { command } from '../probe-log.js';
import type { Injection } from '../row.js';
import type { CallerSide } from './caller-side.js';
import type { Stage } from './stage.js';

/** What an injection may touch. */
export interface Target {
  readonly stage: Stage;
  readonly side: CallerSide;
  /** Pid of the job's process. */
  readonly job: () => number;
}

/** Does to the call what the row says, one thing after the other. */
export async function inject(injections: readonly Injection[], target: Target): Promise<void> {
  for (const injection of injections) {
    await delay(injection.afterMs ?? 0);
    await doOne(injection, target);
  }
}

async function doOne(injection: Injection, { stage, side, job }: Target): Promise<void> {
  switch (injection.on) {
    case 'simulator': {
      const { control } = stage.simulator;
      await ('clear' in injection ? control.clearFaults() : control.addFault(injection.request));
      return;
    }
    case 'livekit':
      return onLiveKit(injection.deed, stage, side.room);
    case 'caller':
      return onCaller(injection.deed, side);
    case 'worker':
      process.kill(stage.worker.pid, injection.deed);
      return;
    case 'job':
      if (injection.deed.startsWith('SIG')) {
        process.kill(job(), injection.deed);
      } else {
        command(
          stage.probeDir,
          job(),
          injection.deed,
          'ms' in injection ? injection.ms : undefined,
        );
      }
      return;
  }
}

type LiveKitDeed = Extract<Injection, { on: 'livekit' }>['deed'];
type CallerDeed = Extract<Injection, { on: 'caller' }>['deed'];

async function onLiveKit(deed: LiveKitDeed, stage: Stage, room: string): Promise<void> {
  const { url, apiKey, apiSecret, pid } = stage.livekit;
  const http = url.replace(/^ws/, 'http');
  const rooms = new RoomServiceClient(http, apiKey, apiSecret);
  switch (deed) {
    case 'delete-room':
      await rooms.deleteRoom(room);
      return;
    case 'remove-agent': {
      const agent = (await rooms.listParticipants(room)).find(
        ({ identity }) => identity !== 'caller',
      );
      await rooms.removeParticipant(room, agent?.identity ?? '');
      return;
    }
    case 'dispatch-again':
      await new AgentDispatchClient(http, apiKey, apiSecret).createDispatch(room, stage.agentName, {
        metadata: JSON.stringify({ interview: 'hr-screening-en' }),
      });
      return;
    case 'kill-server':
      if (pid !== undefined) {
        process.kill(pid, 'SIGKILL');
      }
      return;
    case 'start-server':
      await stage.livekit.restart();
  }
}

async function onCaller(deed: CallerDeed, side: CallerSide): Promise<void> {
  switch (deed) {
    case 'leave':
      await side.leave();
      return;
    case 'return':
      await side.return();
      return;
    case 'drop-signal':
      await side.caller.dropConnection('signal');
      return;
    case 'drop-media':
      await side.caller.dropConnection('full');
  }
}
