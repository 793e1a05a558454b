import { expect, it } from 'vitest';
import { startLiveKit, startStack } from '../../dev/stack/index.js';
import { callAgent, greeted, journalOf, last } from './support/call.js';
import { waitUntil } from './support/wait.js';

it('a LiveKit server that is killed ends its calls as livekit-lost, and their records are finished', async () => {
  await using livekit = await startLiveKit();
  await using stack = await startStack({ livekit });
  const caller = await callAgent(stack);
  const callId = await greeted(caller);
  process.kill(livekit.pid!, 'SIGKILL');
  // LiveKit's client tries to come back for half a minute before it gives up.
  const outcome = async () => last(await journalOf(stack, callId), 'outcome');
  await waitUntil(async () => (await outcome()) !== undefined, 'the outcome', 90_000);
  expect(await outcome()).toMatchObject({ reason: 'livekit-lost' });
});
