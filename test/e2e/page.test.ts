import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPlayground, type Playground } from '../../dev/playground/index.js';
import { shippedScenario } from '../../dev/realtime-simulator/scenario.js';
import { inPage, newPage, NO_BROWSER, startBrowser } from './support/browser.js';
import { writeFakeMicrophone } from './support/fake-microphone.js';
import { look } from './support/look.js';
import { OFFERED } from './support/playground.js';
import { testStack, type TestStack } from './support/stack.js';

const { greeting, turns } = shippedScenario('en');
const firstTurn = turns[0]!;

describe.skipIf(NO_BROWSER !== '')(`the page, in Chromium ${NO_BROWSER}`, () => {
  let stack: TestStack;
  let playground: Playground;
  let browser: Browser;

  beforeAll(async () => {
    stack = await testStack('start');
    playground = await startPlayground({
      livekit: stack.livekit,
      agentName: 'interviewer',
      interviews: OFFERED,
      simulated: true,
    });
    const microphone = join(stack.dataDir, 'microphone.wav');
    // Silence first: the test mutes the page before the sentence, and lets it through when it is the caller's turn.
    await writeFakeMicrophone(microphone, firstTurn.hears, { beforeMs: 500, afterMs: 8000 });
    browser = await startBrowser({ microphone });
  });
  afterAll(async () => {
    await browser.close();
    await playground.stop();
    await stack.end();
  });

  it('lets a person hear the agent, see what both say, mute, and leave', async () => {
    const { page, complaints } = await newPage(browser);
    await page.goto(playground.url);
    await page.getByText('A simulator is speaking.').waitFor();
    expect(
      await page.getByLabel('Interview', { exact: true }).locator('option').allTextContents(),
    ).toEqual(OFFERED.map(({ title }) => title));

    await page.getByRole('button', { name: 'Start the interview' }).click();
    await page.getByRole('button', { name: 'Mute', exact: true }).click();
    await page.waitForFunction('hearAgent(0.02)');
    await page.getByText('The interviewer is speaking.').waitFor();
    await page.locator('.transcript .agent .text').getByText(greeting.trim()).waitFor();
    await page.getByText('The interviewer is listening.').waitFor();

    await page.getByRole('button', { name: 'Unmute' }).click();
    await page.locator('.transcript .caller .text').getByText(firstTurn.hears).waitFor();
    await page.locator('.transcript .agent .text').getByText(firstTurn.says).waitFor();

    await look(page, 'candidate');
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { name: 'You left the call' }).waitFor();
    await page.getByRole('button', { name: 'Start a new call' }).click();
    await page.getByRole('button', { name: 'Start the interview' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('says what to do when the microphone is refused, and calls nobody', async () => {
    const callsBefore = (await stack.simulator.control.connections()).length;
    const { page } = await newPage(browser, { permissions: [] });
    await page.addInitScript({ path: inPage('refuse-microphone.js') });
    await page.goto(playground.url);
    await page.getByRole('button', { name: 'Start the interview' }).click();
    await page.getByRole('alert').getByText('Allow it in the address bar').waitFor();
    await look(page, 'microphone-refused');
    expect(await stack.simulator.control.connections()).toHaveLength(callsBefore);
    await page.context().close();
  });

  it('says that no agent has come, and has one sent when there is one', async () => {
    await using lonely = await startPlayground({
      livekit: stack.livekit,
      agentName: 'nobody',
      interviews: OFFERED,
      simulated: true,
    });
    const { page } = await newPage(browser);
    await page.goto(lonely.url);
    await page.getByRole('button', { name: 'Start the interview' }).click();
    await page.getByRole('alert').getByText('No interviewer has come yet.').waitFor();
    await look(page, 'no-agent');
    const sent = page.waitForResponse((response) => response.url().endsWith('/api/calls/agent'));
    await page.getByRole('button', { name: 'Ask for one again' }).click();
    expect((await sent).status()).toBe(204);
    await page.getByText('Waiting for the interviewer').waitFor();
    await page.getByRole('alert').getByText('No interviewer has come yet.').waitFor();
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { name: 'You left the call' }).waitFor();
    await page.context().close();
  });
});
