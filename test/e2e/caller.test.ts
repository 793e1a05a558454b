import { randomUUID } from 'node:crypto';
import { AccessToken } from 'livekit-server-sdk';
import { afterAll, afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { disposeCallers, joinAsCaller, type Caller } from '../../dev/caller/index.js';
import { Microphone, MICROPHONE_SAMPLE_RATE } from '../../dev/caller/microphone.js';
import { rtc } from '../../dev/caller/rtc.js';
import { PATIENCE } from './support/call.js';

const livekit = inject('livekit');
afterAll(() => disposeCallers());
const BEEP_MS = 1000;

/** One second of a tone. */
const beep = Int16Array.from(
  { length: (MICROPHONE_SAMPLE_RATE * BEEP_MS) / 1000 },
  (_, i) => 8000 * Math.sin((2 * Math.PI * 440 * i) / MICROPHONE_SAMPLE_RATE),
);

async function tokenFor(room: string, identity: string, isAgent: boolean): Promise<string> {
  const token = new AccessToken(livekit.apiKey, livekit.apiSecret, { identity });
  token.addGrant({ room, roomJoin: true, canUpdateOwnMetadata: isAgent });
  if (isAgent) {
    token.kind = 'agent';
  }
  return token.toJwt();
}

/** In a real room, an agent that does only what the test says. */
describe('the headless caller', () => {
  let agent: InstanceType<typeof rtc.Room>;
  let agentVoice: Microphone;
  let caller: Caller;

  beforeEach(async () => {
    const room = `caller-${randomUUID()}`;
    agent = new rtc.Room();
    await agent.connect(livekit.url, await tokenFor(room, 'agent-1', true));
    agentVoice = await Microphone.publish(agent);
    caller = await joinAsCaller({
      url: livekit.url,
      token: await tokenFor(room, 'caller-1', false),
    });
  });
  afterEach(async () => {
    await caller.leave();
    await agentVoice.close();
    await agent.disconnect();
  });

  it('hears how long the agent speaks, and when it stops', async () => {
    await expect(caller.waitForAgent(PATIENCE)).resolves.toBe('agent-1');
    const heard = caller.agentVoice.waitForVoice(PATIENCE);
    await agentVoice.speak(beep);
    await heard;
    await caller.agentVoice.waitForQuiet({ quietMs: 300, ...PATIENCE });
    expect(caller.agentVoice.heardMs).toBeGreaterThan(BEEP_MS * 0.8);
    expect(caller.agentVoice.heardMs).toBeLessThan(BEEP_MS * 1.2);
  });

  it('collects what both sides said', async () => {
    const publish = async (speaker: string, segment: string, isFinal: boolean, words: string[]) => {
      const stream = await agent.localParticipant?.streamText({
        topic: 'lk.transcription',
        senderIdentity: speaker,
        attributes: { 'lk.segment_id': segment, 'lk.transcription_final': String(isFinal) },
      });
      for (const word of words) {
        await stream?.write(word);
      }
      await stream?.close();
    };
    await publish('agent-1', 'A', false, ['Good ', 'morning']);
    await publish('caller-1', 'B', false, ['I']);
    await publish('caller-1', 'B', true, ['I am Sam']);
    await caller.waitForTranscript(({ speaker }) => speaker === 'caller', PATIENCE);
    expect(caller.transcripts.map(({ speaker, text }) => `${speaker}: ${text}`)).toEqual([
      'agent: Good morning',
      'caller: I am Sam',
    ]);
  });

  it('comes back when its connection was lost: hears again, and sees the agent leave later', async () => {
    // Long enough to last over the outage.
    const talking = Promise.all(Array.from({ length: 20 }, () => agentVoice.speak(beep)));
    await caller.agentVoice.waitForVoice(PATIENCE);
    await caller.dropConnection('signal');
    await caller.agentVoice.waitForVoice({ heardMs: BEEP_MS, ...PATIENCE });
    agentVoice.stopSpeaking();
    await talking;
    const leaving = caller.waitForAgentToLeave(PATIENCE);
    await agent.localParticipant?.setAttributes({ 'call.outcome': 'completed' });
    await caller.waitForAttribute('call.outcome', () => true, PATIENCE);
    const toldAtMs = caller.attributeChanges.at(-1)?.atMs ?? Infinity;
    await agent.disconnect();
    const { how, atMs } = await leaving;
    expect(how).toBe('agent-left');
    expect(atMs).toBeGreaterThan(toldAtMs);
    // What it said last stays readable.
    expect(caller.agentAttributes()).toMatchObject({ 'call.outcome': 'completed' });
  });

  it('ends its waits, lines and the agent’s presence when it leaves', async () => {
    const waiting = expect(
      caller.waitForAttribute('call.state', () => true, PATIENCE),
    ).rejects.toThrow(/call\.state, but the caller has left; saw \{\}/);
    const line = caller.play(beep);
    await caller.leave();
    await waiting;
    expect(await line).toMatchObject({ stopped: true });
    expect(await caller.agentLeft).toMatchObject({ how: 'caller-disconnected' });
    await expect(caller.play(beep)).rejects.toThrow('cannot speak');
  });
});

it('says why a room cannot be joined, and not the token', async () => {
  const token = `${await tokenFor('room', 'caller-1', false)}x`;
  const error = await joinAsCaller({ url: livekit.url, token }).catch(String);
  expect(error).toMatch(/could not be joined: .*401/);
  expect(error).not.toContain(token);
});
