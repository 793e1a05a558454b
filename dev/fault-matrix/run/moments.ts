import { setTimeout as delay } from 'node:timers/promises';
import { synthesize } from '../../speech/index.js';
import { waitUntil } from '../../stack/deadline.js';
import { MICROPHONE_SAMPLE_RATE } from '../../caller/index.js';
import { CALLER_VOICE } from '../../caller/caller.js';
import type { Moment } from '../row.js';
import { LONG_LINE, type CallerSide } from './caller-side.js';
import type { Stage } from './stage.js';

/** Generous: on a busy machine a job's process takes ten seconds to begin. */
const PATIENCE_MS = 30_000;
/** So much of the reply is heard, and there is more to come. */
const MID_REPLY_MS = 400;

/**
 * Brings the call to the moment at which the fault comes.
 *
 * @throws Error when it does not get there.
 */
export async function reach(moment: Moment, side: CallerSide, { simulator }: Stage): Promise<void> {
  const saw = async (type: string): Promise<boolean> =>
    (await simulator.control.events({ types: [type] })).length > 0;
  const { caller } = side;
  if (moment === 'before-join') {
    return;
  }
  if (moment === 'joined') {
    await caller.waitForAgent({ timeoutMs: PATIENCE_MS });
    return;
  }
  if (moment === 'greeting') {
    const since = { atMs: 0, heardMs: 0 };
    await side.orGone(caller.agentVoice.waitForVoice({ since, timeoutMs: PATIENCE_MS }));
    return;
  }
  await side.greeted(PATIENCE_MS);
  switch (moment) {
    case 'idle':
      return;
    case 'agent-speaks': {
      const since = caller.agentVoice.mark();
      await side.saysNext();
      await side.orGone(
        caller.agentVoice.waitForVoice({ since, heardMs: MID_REPLY_MS, timeoutMs: PATIENCE_MS }),
      );
      return;
    }
    case 'caller-speaks': {
      const words = await synthesize(LONG_LINE, {
        voice: CALLER_VOICE,
        sampleRate: MICROPHONE_SAMPLE_RATE,
      });
      void caller.play(words).catch(() => undefined);
      await waitUntil(() => saw('input_audio_buffer.speech_started'), {
        deadlineMs: PATIENCE_MS,
        what: 'the model hearing the caller',
      });
      return;
    }
    case 'tool':
      await side.saysNext();
      await waitUntil(() => saw('response.function_call_arguments.done'), {
        deadlineMs: PATIENCE_MS,
        what: 'the call of a tool',
      });
      await delay(200);
  }
}
