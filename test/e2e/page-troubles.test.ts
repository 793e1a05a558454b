import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPlayground } from '../../dev/playground/index.js';
import { shippedScenario } from '../../dev/realtime-simulator/scenario.js';
import { startWorker } from '../../dev/stack/index.js';
import { inPage, newPage, NO_BROWSER, startBrowser } from './support/browser.js';
import { journalOf, last } from './support/call.js';
import { writeFakeMicrophone } from './support/fake-microphone.js';
import { gateTo } from './support/gate.js';
import { look } from './support/look.js';
import { OFFERED } from './support/playground.js';
import { SHIPPED, testStack, type TestStack } from './support/stack.js';
import { waitUntil } from './support/wait.js';

const { greeting, turns } = shippedScenario('en');
const first = turns[0]!;

describe.skipIf(NO_BROWSER !== '')(`a caller in trouble, in Chromium ${NO_BROWSER}`, () => {
  let stack: TestStack;
  /** With a microphone into which somebody speaks nearly all the time. */
  let browser: Browser;

  beforeAll(async () => {
    stack = await testStack('start', { REJOIN_GRACE: '20s' }, { conversation: SHIPPED });
    const microphone = join(stack.dataDir, 'microphone.wav');
    await writeFakeMicrophone(microphone, first.hears, { beforeMs: 0, afterMs: 2500 });
    browser = await startBrowser({ microphone });
  });
  afterAll(async () => {
    await browser.close();
    await stack.end();
  });

  /** A page, its server, and what it may take along. */
  async function openPage(more: { agentName?: string; publicUrl?: string } = {}) {
    const playground = await startPlayground({
      livekit: stack.livekit,
      agentName: stack.agentName,
      interviews: OFFERED,
      simulated: true,
      records: { dataDir: stack.dataDir, transcript: true, report: true },
      ...more,
    });
    const { page } = await newPage(browser);
    await page.goto(playground.url);
    return {
      page,
      [Symbol.asyncDispose]: async () => {
        await page.context().close();
        await playground.stop();
      },
    };
  }

  async function inWriting(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Answer in writing only' }).click();
    await page.locator('.transcript .agent .text').getByText(greeting.trim()).waitFor();
    await page.getByText('The interviewer is listening.').waitFor();
  }

  async function write(page: Page, text: string): Promise<void> {
    await page.getByLabel('Answer in writing').fill(text);
    await page.keyboard.press('Enter');
  }

  async function leave(page: Page): Promise<string> {
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { name: 'You left the call' }).waitFor();
    return page.locator('.end code').innerText();
  }

  it('can talk over the agent, who falls silent', async () => {
    await using open = await openPage();
    const { page } = open;
    await page.getByRole('button', { name: 'Start the interview' }).click();
    await page.getByText('The interviewer is speaking.').waitFor();
    await page.locator('.transcript .caller .text').first().waitFor();
    await page.locator('.transcript .agent').nth(1).waitFor();
    const callId = await leave(page);
    const interrupted = async () =>
      (await journalOf(stack, callId)).some(
        (entry) => entry.type === 'utterance' && entry.interrupted === true,
      );
    await waitUntil(interrupted, 'a sentence of the agent that was cut');
  });

  it('who hangs up is not waited for, and gets the report', async () => {
    await using open = await openPage();
    const { page } = open;
    await inWriting(page);
    await write(page, first.hears);
    await page.locator('.transcript .agent .text').getByText(first.says).waitFor();
    const callId = await leave(page);
    await waitUntil(
      async () => last(await journalOf(stack, callId), 'outcome') !== undefined,
      'the end of the call',
    );
    const journal = await journalOf(stack, callId);
    expect(last(journal, 'outcome')).toMatchObject({
      reason: 'caller-left',
      detail: 'the caller hung up',
    });
    expect(last(journal, 'caller-away')).toBeUndefined();
    const download = page.waitForEvent('download', { timeout: 60_000 });
    await page.getByRole('button', { name: 'Download the report' }).click();
    const saved = await (await download).path();
    expect((await readFile(saved)).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('sees that their own connection is lost, and that it is back', async () => {
    await using gate = await gateTo(Number(new URL(stack.livekit.url).port));
    await using open = await openPage({ publicUrl: `ws://127.0.0.1:${gate.port}` });
    const { page } = open;
    await inWriting(page);
    gate.shut();
    await page.getByText('Your connection was lost. Reconnecting …').waitFor();
    await look(page, 'connection-lost');
    gate.open();
    await page.getByText('The interviewer is listening.').waitFor();
    await write(page, first.hears);
    await page.locator('.transcript .agent .text').getByText(first.says).waitFor();
    await leave(page);
  });

  it('is asked to turn the sound on where the browser keeps it off', async () => {
    await using open = await openPage();
    const { page } = open;
    await inWriting(page);
    // A browser that restores its tabs remembers the call, and that nobody has touched the page yet.
    const kept = await page.evaluate("JSON.stringify(sessionStorage.getItem('steadfast.call'))");
    const restored = await page.context().newPage();
    await restored.addInitScript({ path: inPage('measure-audio.js') });
    await restored.addInitScript({ path: inPage('keep-sound-off.js') });
    await restored.addInitScript(`sessionStorage.setItem('steadfast.call', ${String(kept)})`);
    await page.close();
    await restored.goto(page.url());
    await restored.getByText('Your browser keeps the sound off until you allow it.').waitFor();
    await look(restored, 'no-sound');
    await restored.getByRole('button', { name: 'Turn the sound on' }).click();
    await restored.getByText('Your browser keeps the sound off').waitFor({ state: 'detached' });
    await write(restored, first.hears);
    await restored.waitForFunction('hearAgent(0.02)');
    await leave(restored);
  });

  it('can answer right after the page was loaded anew', async () => {
    await using open = await openPage();
    const { page } = open;
    await inWriting(page);
    await page.reload();
    await page.getByLabel('Answer in writing').fill(first.hears);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('.transcript .agent .text').getByText(first.says).waitFor();
    await leave(page);
  });

  it('gets an agent as soon as there is one', async () => {
    const agentName = `${stack.agentName}-late`;
    await using open = await openPage({ agentName });
    const { page } = open;
    await page.getByRole('button', { name: 'Answer in writing only' }).click();
    await page.getByRole('alert').getByText('No interviewer has come yet.').waitFor();
    const late = await startWorker({
      mode: 'dev',
      livekit: stack.livekit,
      env: {
        AGENT_NAME: agentName,
        ...stack.simulator.agentEnv,
        DATA_DIR: stack.dataDir,
      },
    });
    try {
      await page.getByRole('button', { name: 'Ask for one again' }).click();
      // Before its words are there: it is silent after them.
      await page.waitForFunction('hearAgent(0.02)');
      await page.locator('.transcript .agent .text').getByText(greeting.trim()).waitFor();
      await leave(page);
    } finally {
      await late.stop();
    }
  });
});
