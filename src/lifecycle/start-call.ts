import { log, voice, type JobContext } from '@livekit/agents';
import { announceCall } from '../worker/call-announcement.js';
import { CallLifecycle } from './call-lifecycle.js';
import type { CallParts } from './call-parts.js';
import { CallRoom } from './call-room.js';
import { createSession } from './create-session.js';
import type { VoiceAgentDefinition } from './definition.js';
import { SessionLiveCall } from './live-call.js';
import { GuardedRealtimeModel } from './realtime/guarded-model.js';
import { fromSessionError } from './session-errors.js';

/**
 * Connects one LiveKit job with one CallLifecycle, and returns at once: the framework waits 15 s at shutdown for an
 * entry that has not returned (self-hosting facts, 5).
 */
export function startCall<Prewarmed extends object, Data>(
  definition: VoiceAgentDefinition<Prewarmed, Data>,
  ctx: JobContext<Prewarmed>,
): void {
  const callId = ctx.job.id;
  const logger = log();
  logger.setBindings({ callId });
  announceCall(callId);

  const room = new CallRoom(ctx, (reason, detail) => lifecycle.end(reason, detail));
  const lifecycle: CallLifecycle = new CallLifecycle({
    callId,
    limits: definition.limits,
    log: logger,
    prepare: () => prepare(definition, ctx, lifecycle, room),
    onError: (error) => definition.onError(error, callId),
  });

  // The one shutdown callback: the framework runs all of them at once and waits for ever.
  ctx.addShutdownCallback(async () => {
    await lifecycle.flush();
    room.release();
  });
  // The one ctx.shutdown: closing a session does not end its job.
  void lifecycle.run().then((outcome) => ctx.shutdown(outcome.reason));
}

/** Makes everything a call consists of. Nothing is connected yet when this resolves, but the model's socket is opening. */
async function prepare<Prewarmed extends object, Data>(
  definition: VoiceAgentDefinition<Prewarmed, Data>,
  ctx: JobContext<Prewarmed>,
  lifecycle: CallLifecycle,
  room: CallRoom,
): Promise<CallParts> {
  const prewarmed = ctx.proc.userData;
  const data = await definition.data({
    callId: ctx.job.id,
    roomName: ctx.job.room?.name ?? '',
    metadata: ctx.job.metadata,
    prewarmed,
  });
  const settings = definition.settings(data, prewarmed);
  const model = new GuardedRealtimeModel(settings.model, settings.maxModelSessionMs);
  const session = createSession(settings, model, data);
  const call = new SessionLiveCall(ctx.job.id, session, (reason, detail) =>
    lifecycle.end(reason, detail),
  );

  // Before anything is opened: an error without a listener kills the plugin's main loop (realtime-faults facts, U9).
  session.on(voice.AgentSessionEventTypes.Error, (event) => {
    lifecycle.report(fromSessionError(event.error), event.error.recoverable || isTolerated(event));
  });
  session.on(voice.AgentSessionEventTypes.Close, (event) => {
    lifecycle.end(...endOf(event));
    call.release();
  });
  const agent = definition.agent(call);
  const observers = definition.observers.map((make) => make(call));

  return {
    observers,
    start: async () => {
      model.open();
      await session.start({
        agent,
        room: ctx.room,
        // Nothing leaves for LiveKit Cloud; the journal is the record.
        record: false,
        // The lifecycle decides what a leaving caller means, whatever the reason of the leaving.
        inputOptions: { ...settings.roomInput, closeOnDisconnect: false },
      });
    },
    callerJoined: () => room.callerJoined(),
    greet: () => definition.greet(call).waitForPlayout(),
    quiet: () => call.quiet(),
    publish: (attributes) => room.publish(attributes),
    measure: () => ({ modelConnections: model.connections, usage: session.usage.modelUsage }),
  };
}

/** AgentSession lives through three failures of TTS before it closes itself; only then is the call over. */
function isTolerated({ error }: voice.ErrorEvent): boolean {
  return error.type !== 'realtime_model_error';
}

/** What it means for the call that AgentSession has closed. Does nothing when the call decided so itself. */
function endOf(event: voice.CloseEvent): Parameters<CallLifecycle['end']> {
  if (event.error) {
    return ['model-unavailable', event.error.type, fromSessionError(event.error)];
  }
  return ['worker-shutdown', `the session was closed: ${event.reason}`];
}
