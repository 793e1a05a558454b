import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPlayground, type Playground } from '../../dev/playground/index.js';
import { shippedScenario } from '../../dev/realtime-simulator/scenario.js';
import { newPage, NO_BROWSER, startBrowser } from './support/browser.js';
import { dialogue, journalOf, last } from './support/call.js';
import { writeFakeMicrophone } from './support/fake-microphone.js';
import { look } from './support/look.js';
import { OFFERED } from './support/playground.js';
import { SHIPPED, testStack, type TestStack } from './support/stack.js';
import { waitUntil } from './support/wait.js';

const { greeting, turns } = shippedScenario('en');
const first = turns[0]!;

describe.skipIf(NO_BROWSER !== '')(`the page’s states, in Chromium ${NO_BROWSER}`, () => {
  let stack: TestStack;
  let playground: Playground;
  let browser: Browser;

  beforeAll(async () => {
    stack = await testStack('start', { REJOIN_GRACE: '20s' }, { conversation: SHIPPED });
    playground = await startPlayground({
      livekit: stack.livekit,
      agentName: stack.agentName,
      interviews: OFFERED,
      candidates: [{ id: 'sam-carter', name: 'Sam Carter' }],
      simulated: true,
      records: { dataDir: stack.dataDir, transcript: true, report: true },
      developer: { dataDir: stack.dataDir, control: stack.simulator.control },
    });
    const microphone = join(stack.dataDir, 'microphone.wav');
    await writeFakeMicrophone(microphone, first.hears, { beforeMs: 500, afterMs: 30_000 });
    browser = await startBrowser({ microphone });
  });
  afterAll(async () => {
    await browser.close();
    await playground.stop();
    await stack.end();
  });

  /** A call held in writing, greeted to the end. */
  async function inWriting(page: Page): Promise<void> {
    await page.goto(playground.url);
    await page.getByRole('button', { name: 'Answer in writing only' }).click();
    await said(page, 'agent', greeting.trim());
    await page.getByText('The interviewer is listening.').waitFor();
  }

  async function said(page: Page, who: 'agent' | 'caller', text: string): Promise<void> {
    await page.locator(`.transcript .${who} .text`).getByText(text).first().waitFor();
  }

  async function write(page: Page, text: string): Promise<void> {
    await page.getByLabel('Answer in writing').fill(text);
    await page.keyboard.press('Enter');
  }

  function callIdOf(page: Page): Promise<string> {
    return page.locator('.end code').innerText();
  }

  it('shows the level of a microphone that is tested', async () => {
    const { page } = await newPage(browser);
    await page.goto(playground.url);
    await look(page, 'start');
    await page.getByRole('button', { name: 'Test the microphone' }).click();
    await page.getByText('You can be heard.').waitFor();
    await look(page, 'microphone-test');
    await page.context().close();
  });

  it('takes typed answers like spoken ones, and gives the transcript out at the end', async () => {
    const { page, complaints } = await newPage(browser);
    await inWriting(page);
    await write(page, first.hears);
    await said(page, 'agent', first.says);
    await look(page, 'call');
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { name: 'You left the call' }).waitFor();
    const callId = await callIdOf(page);
    const download = page.waitForEvent('download', { timeout: 60_000 });
    await page.getByRole('button', { name: 'Download the transcript' }).click();
    expect((await download).suggestedFilename()).toBe('transcript.md');
    await look(page, 'ended');
    const journal = await journalOf(stack, callId);
    expect(dialogue(journal).slice(1, 3)).toEqual([
      `caller: ${first.hears}`,
      `agent: ${first.says}`,
    ]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('comes back to the same call when it is loaded anew', async () => {
    const { page } = await newPage(browser);
    const before = (await stack.simulator.control.connections()).length;
    await inWriting(page);
    await page.reload();
    // What was said before is still there; then the agent welcomes them back.
    await said(page, 'agent', greeting.trim());
    await page.locator('.transcript .agent').nth(1).waitFor();
    await page.getByText('The interviewer is speaking.').waitFor();
    await page.getByText('The interviewer is listening.').waitFor();
    await write(page, first.hears);
    await said(page, 'agent', first.says);
    expect((await stack.simulator.control.connections()).length - before).toBe(1);
    await page.getByRole('button', { name: 'Leave' }).click();
    const callId = await callIdOf(page);
    await waitUntil(
      async () => last(await journalOf(stack, callId), 'caller-back') !== undefined,
      'the caller’s return in the journal',
    );
    await page.context().close();
  });

  it('shows a call recover from what a developer breaks, and end when nothing can be mended', async () => {
    const { page } = await newPage(browser);
    await inWriting(page);
    await page.getByRole('button', { name: 'Refuse twice, then work' }).click();
    await page.locator(".moments [data-what='reconnecting']").first().waitFor();
    await page.locator(".moments [data-what='reconnected']").first().waitFor();
    await write(page, first.hears);
    await said(page, 'agent', first.says);
    await look(page, 'recovered');
    await page.getByRole('button', { name: 'Key refused' }).click();
    await page.getByRole('heading', { name: 'The interviewer could not go on' }).waitFor();
    await page.getByText('The language model refused to work').waitFor();
    await look(page, 'model-refused');
    await page.getByRole('button', { name: 'Mend everything' }).click();
    await page.getByText('Nothing is broken any more').waitFor();
    await page.getByRole('button', { name: 'Past calls' }).click();
    await page.locator('.calls .model-refused').first().waitFor();
    await look(page, 'past-calls');
    await page.context().close();
  });
});
