import { bytesOf, bytesToMs, msToBytes } from '../audio/pcm.js';
import type { AssistantItem } from '../protocol/items.js';
import { scenarioOf } from '../session/services.js';
import { forever } from '../session/pace.js';
import type { OutputItem } from './output.js';
import type { Reply, ReplyEnd } from './reply.js';

/** Audio in one delta, and deltas in one burst: the service sends seconds of speech at a time. */
const deltaMs = 200;
const deltasInBurst = 4;

/**
 * Speaks a text: audio in bursts, faster than it plays, its words just ahead of it.
 * @throws Error when the text cannot be synthesised.
 */
export async function speak(reply: Reply, text: string): Promise<ReplyEnd> {
  const { services } = reply.session;
  const voice = scenarioOf(reply.session)?.voice ?? 'slt';
  const synthesis = services.speak(text, voice);
  synthesis.catch(() => undefined); // Awaited below, unless the reply ends before.
  if (!(await reply.think())) {
    return reply.end([]);
  }
  const audio = bytesOf(await synthesis);
  reply.session.connection.closed.throwIfAborted();

  const output = reply.newMessage();
  output.open();
  output.openPart({ type: 'audio', transcript: '' });
  const whole = await stream(reply, output, audio, text);
  return finish(reply, output, whole);
}

/** Sends the audio. Answers whether all of it was sent. */
async function stream(
  reply: Reply,
  output: OutputItem<AssistantItem>,
  audio: Buffer,
  text: string,
): Promise<boolean> {
  const { pace } = reply.session.services;
  const words = text.match(/\S+\s*/g) ?? [];
  const step = msToBytes(deltaMs);
  const deltas = Math.ceil(audio.length / step);
  let late = pace.latencies.lateDeltas;
  let said = 0;
  for (let at = 0; at < deltas; at += 1) {
    if (reply.cancelReason !== undefined) {
      if (late === 0) {
        return false;
      }
      late -= 1;
    } else if (await comesToGrief(reply)) {
      return false;
    }
    const upTo = Math.ceil(((at + 1) / deltas) * words.length);
    sendDelta(reply, output, words.slice(said, upTo), audio.subarray(at * step, (at + 1) * step));
    said = upTo;
    if ((at + 1) % deltasInBurst === 0) {
      const burstMs = deltaMs * deltasInBurst;
      await reply.wait((signal) => pace.betweenBursts(burstMs, signal));
    }
  }
  return reply.cancelReason === undefined;
}

function sendDelta(
  reply: Reply,
  { contentPlace, item }: OutputItem<AssistantItem>,
  words: readonly string[],
  audio: Buffer,
): void {
  const { connection, conversation } = reply.session;
  for (const delta of words) {
    reply.spokenText += delta;
    connection.send({ type: 'response.output_audio_transcript.delta', ...contentPlace, delta });
  }
  const delta = audio.toString('base64');
  connection.send({ type: 'response.output_audio.delta', ...contentPlace, delta });
  const ms = bytesToMs(audio.length);
  reply.spokenMs += ms;
  connection.record.audio.spokenMs += ms;
  conversation.spoken(item.id, reply.spokenMs);
}

/** Lets the reply's fault strike when it is due. Answers whether the reply ends here. */
async function comesToGrief({ trouble, spokenMs, session }: Reply): Promise<boolean> {
  const { connection } = session;
  if (trouble === undefined || !('afterAudioMs' in trouble) || spokenMs < trouble.afterAudioMs) {
    return false;
  }
  if (trouble.kind === 'incomplete') {
    return true;
  }
  if (trouble.kind === 'drop') {
    connection.terminate();
  }
  return forever(connection.closed);
}

function finish(reply: Reply, output: OutputItem<AssistantItem>, whole: boolean): ReplyEnd {
  const { connection } = reply.session;
  const { contentPlace: place, item } = output;
  const transcript = reply.spokenText;
  connection.send({ type: 'response.output_audio.done', ...place });
  connection.send({ type: 'response.output_audio_transcript.done', ...place, transcript });
  output.closePart({ type: 'audio', transcript });
  item.content = [{ type: 'output_audio', transcript }];
  output.close(whole ? 'completed' : 'incomplete');
  const { trouble } = reply;
  return !whole && trouble?.kind === 'incomplete'
    ? reply.end([item], { type: 'incomplete', reason: trouble.reason })
    : reply.end([item]);
}
