import { log, type JobContext, type voice } from '@livekit/agents';
import { Attendance } from './attendance.js';
import { boundTools } from './bounded-tools.js';
import type { CallLifecycle } from './call-lifecycle.js';
import type { CallParts } from './call-parts.js';
import type { CallRoom } from './call-room.js';
import { CallerExperience } from './caller-experience.js';
import { connectionListener } from './connection-listener.js';
import { createSession } from './create-session.js';
import type { Greeting, LiveCall, VoiceAgentDefinition } from './definition.js';
import { asCallError } from './errors.js';
import { limitsOf } from './limits.js';
import { SessionLiveCall } from './live-call.js';
import { makeObservers } from './make-observers.js';
import type { NoticeLibrary } from './notices/notice.js';
import { GuardedRealtimeModel } from './realtime/guarded-model.js';
import { Stillness } from './realtime/stillness.js';
import { fromStartError } from './session-errors.js';
import { listenToSession } from './session-listener.js';
import type { TwinWatch } from './twin-watch.js';
import { typedAnswers } from './typed-answers.js';
import { releaseUnreadAudio } from './unread-audio.js';

/**
 * The model needs longer for its first sound than LiveKit for the room, and the session's start keeps this thread busy: the
 * model's door is knocked at first, the room is joined while it opens, and the session starts when the greeting has been
 * asked for. A model that is slower than this is not waited for.
 */
const HEAD_START = { knockMs: 30, askMs: 500 };

/** Makes what a call consists of. Nothing is opened before `start`. */
export async function prepareCall<Prewarmed extends object, Data>(
  definition: VoiceAgentDefinition<Prewarmed, Data>,
  ctx: JobContext<Prewarmed>,
  lifecycle: CallLifecycle,
  room: CallRoom,
  twins: TwinWatch,
  notices: NoticeLibrary,
): Promise<CallParts> {
  const prewarmed = ctx.proc.userData;
  const data = await definition.data({
    callId: ctx.job.id,
    roomName: ctx.job.room?.name ?? '',
    metadata: ctx.job.metadata,
    prewarmed,
  });
  const call = new SessionLiveCall(ctx.job.id, data, {
    end: (reason, detail) => lifecycle.end(reason, detail),
    listenerFailed: (error) => lifecycle.report(asCallError(error), true),
  });
  const experience: CallerExperience = new CallerExperience({
    call,
    lifecycle,
    participant: () => ctx.room.localParticipant,
    callRoom: room,
    clips: notices.in(definition.language(data)),
    idleMs: definition.limits.idleMs,
    standing: () => definition.cues.standing(data),
    heard: (who) => attendance.heard(who),
    log: log(),
  });
  const attendance = new Attendance({
    call,
    lifecycle,
    experience,
    data,
    cues: definition.cues,
    limits: limitsOf(definition, data, (error) => lifecycle.report(error, true)),
    log: log(),
  });
  room.attend(attendance);
  let opened: Opened | undefined;

  return {
    // Before the session: when its making fails, they are there to write it down.
    observers: [experience, attendance, ...makeObservers(definition.observers, call, lifecycle)],
    start: async () => {
      const settings = definition.settings(data, prewarmed);
      const stillness = new Stillness();
      const model = new GuardedRealtimeModel(settings.model, settings.maxModelSessionMs, {
        listener: connectionListener(lifecycle, experience, log()),
        quietForMs: () => stillness.forMs,
        ...(settings.connection && { settings: settings.connection }),
      });
      const session = createSession(settings, model, data);
      stillness.follow(session);
      opened = { model, session };
      // Before anything is opened: an error without a listener kills the plugin's main loop (realtime-faults facts, U9).
      listenToSession(session, lifecycle, () => call.release());
      call.connect(session);
      call.on('agent_state_changed', () => releaseUnreadAudio(session));
      const agent = definition.agent(call);
      attendance.follow(agent);
      boundTools(agent, (error) => lifecycle.report(error, true));
      const greeting = definition.greeting(data);
      const realtime = model.open();
      if ('instructions' in greeting) {
        // The greeting's audio waits for the caller, not the caller for the greeting.
        realtime.replyAhead(agent.instructions.toString(), greeting.instructions);
        await realtime.guard.ahead.untilAsked(HEAD_START.knockMs);
        const joined = ctx.connect().catch(failed);
        await Promise.all([joined, realtime.guard.ahead.untilAsked(HEAD_START.askMs)]);
      }
      const started = session.start({
        agent,
        room: ctx.room,
        // Nothing leaves for LiveKit Cloud; the journal is the record.
        record: false,
        // The lifecycle decides what a leaving caller means, whatever the reason of the leaving.
        inputOptions: {
          ...settings.roomInput,
          textInputCallback: typedAnswers({ call, lifecycle, room, experience }),
          closeOnDisconnect: false,
        },
      });
      await started.catch(failed);
      experience.follow(session, realtime);
    },
    callerJoined: () => room.callerJoined(),
    greet: () => greet(call, definition.greeting(data)).waitForPlayout(),
    goodbye: (reason) => attendance.goodbye(reason),
    quiet: () => call.quiet(),
    farewell: (unheard) => experience.farewell(unheard),
    // The younger of two agents says nothing of its own end: the call goes on without it.
    publish: async (attributes) => (twins.isYounger ? undefined : room.publish(attributes)),
    measure: () => ({
      modelConnections: opened?.model.connections ?? 0,
      usage: opened?.session.usage.modelUsage ?? [],
    }),
  };
}

interface Opened {
  readonly model: GuardedRealtimeModel;
  readonly session: Pick<voice.AgentSession, 'usage'>;
}

function failed(error: unknown): never {
  throw fromStartError(error);
}

function greet(call: LiveCall<unknown>, greeting: Greeting): voice.SpeechHandle {
  return 'text' in greeting ? call.say(greeting.text) : call.reply(greeting.instructions);
}
