import { log, type JobContext } from '@livekit/agents';
import { announceCall } from './call-announcement.js';
import { CallLifecycle } from './call-lifecycle.js';
import { CallRoom } from './call-room.js';
import { Closing } from './closing.js';
import type { VoiceAgentDefinition } from './definition.js';
import type { JobGuard } from './job-guard.js';
import type { NoticeLibrary } from './notices/notice.js';
import { prepareCall } from './prepare-call.js';
import { watchRoomOutages } from './room-outages.js';
import { TwinWatch } from './twin-watch.js';

/**
 * Connects one LiveKit job with one CallLifecycle, and returns at once: the framework waits 15 s at shutdown for an
 * entry that has not returned (self-hosting facts, 5).
 */
export function startCall<Prewarmed extends object, Data>(
  definition: VoiceAgentDefinition<Prewarmed, Data>,
  ctx: JobContext<Prewarmed>,
  guard: JobGuard,
  notices: NoticeLibrary,
): void {
  const callId = ctx.job.id;
  const logger = log();
  logger.setBindings({ callId });
  announceCall(callId);

  const closing = new Closing(definition.observers.length, definition.limits);
  const room = new CallRoom(ctx, (reason, detail) => lifecycle.end(reason, detail));
  const twins = new TwinWatch(ctx, () =>
    lifecycle.end('worker-shutdown', 'another agent of this name is already in the room'),
  );
  const stopWatching = watchRoomOutages(ctx.room, {
    back: (downMs) => lifecycle.happened({ type: 'livekit-back', downMs }),
    deaf: () => lifecycle.end('livekit-lost', 'the room does not answer after the outage'),
  });
  const lifecycle: CallLifecycle = new CallLifecycle({
    callId,
    // As they are when they are needed: there is less time once the worker is gone.
    get limits() {
      return closing.limits;
    },
    log: logger,
    prepare: () => prepareCall(definition, ctx, lifecycle, room, twins, notices),
    onError: (error) => definition.onError(error, callId),
  });

  // The one shutdown callback: the framework runs all of them at once and waits for ever.
  ctx.addShutdownCallback(async () => {
    await lifecycle.flush();
    room.release();
    twins.release();
    stopWatching();
  });
  guard.carry({
    callId,
    closingMs: closing.totalMs,
    report: (error, recoverable) => lifecycle.report(error, recoverable),
    orphaned: () => {
      closing.orphaned();
      lifecycle.end('worker-shutdown', 'the worker of this call is gone');
    },
  });
  // The one ctx.shutdown: closing a session does not end its job.
  void lifecycle.run().then((outcome) => {
    room.expectNoListener();
    ctx.shutdown(outcome.reason);
    const leave = (): Promise<void> => ctx.room.disconnect();
    return closing.finish({ flush: () => lifecycle.flush(), leave }, logger);
  });
}
