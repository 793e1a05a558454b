import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPlayground, type Playground } from '../../dev/playground/index.js';
import { en } from '../../dev/playground/page/words/en.js';
import { ru } from '../../dev/playground/page/words/ru.js';
import { shippedScenario } from '../../dev/realtime-simulator/scenario.js';
import { inPage, newPage, NO_BROWSER, startBrowser } from './support/browser.js';
import { writeFakeMicrophone } from './support/fake-microphone.js';
import { look } from './support/look.js';
import { OFFERED } from './support/playground.js';
import { SHIPPED, testStack, type TestStack } from './support/stack.js';

/** Each language's page, interview and voice. */
const LANGUAGES = [
  { language: 'en', locale: 'en-GB', words: en, interview: OFFERED[0] },
  { language: 'ru', locale: 'ru-RU', words: ru, interview: OFFERED[1] },
];

describe.skipIf(NO_BROWSER !== '')(`the page, in Chromium ${NO_BROWSER}`, () => {
  let stack: TestStack;
  let playground: Playground;
  let browser: Browser;

  beforeAll(async () => {
    stack = await testStack('start', {}, { conversation: SHIPPED });
    playground = await startPlayground({
      livekit: stack.livekit,
      agentName: stack.agentName,
      interviews: OFFERED,
      simulated: true,
    });
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await playground.stop();
    await stack.end();
  });

  it.each(LANGUAGES)(
    'lets a person hear the agent, see what both say, mute, and leave ($language)',
    async ({ language, locale, words, interview }) => {
      const { greeting, turns } = shippedScenario(language);
      const [first] = turns;
      const microphone = join(stack.dataDir, `${language}.wav`);
      // Silence first: the test mutes the page before the sentence, and lets it through when it is the caller's turn.
      await writeFakeMicrophone(microphone, first!.hears, { beforeMs: 500, afterMs: 8000 });
      await using speaking = await startBrowser({ microphone });
      const { page, complaints } = await newPage(speaking, { locale });
      const button = (name: string) => page.getByRole('button', { name, exact: true });
      await page.goto(playground.url);
      await page.getByText(words.simulated.title).waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      const offered = page.getByLabel(words.start.interview, { exact: true });
      expect(await offered.locator('option').allTextContents()).toEqual(
        OFFERED.map(({ title }) => title),
      );
      expect(await offered.inputValue()).toBe(interview.id);

      await button(words.start.join).click();
      await button(words.call.mute).click();
      await page.waitForFunction('hearAgent(0.02)');
      await page.getByText(words.call.agentStates.speaking).waitFor();
      await page.locator('.transcript .agent .text').getByText(greeting.trim()).waitFor();
      await page.getByText(words.call.agentStates.listening).waitFor();

      await button(words.call.unmute).click();
      await page.locator('.transcript .caller .text').getByText(first!.hears).waitFor();
      await page.locator('.transcript .agent .text').getByText(first!.says).waitFor();

      await look(page, `spoken-${language}`);
      await button(words.call.leave).click();
      await page.getByRole('heading', { name: words.end.how.left.title }).waitFor();
      await button(words.end.again).click();
      await button(words.start.join).waitFor();
      expect(complaints).toEqual([]);
    },
  );

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
