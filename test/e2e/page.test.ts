import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPlayground, type Playground } from '../../dev/playground/index.js';
import { shippedScenario } from '../../dev/realtime-simulator/scenario.js';
import { findChromium } from '../../dev/stack/index.js';
import { PATIENCE } from './support/call.js';
import { writeFakeMicrophone } from './support/fake-microphone.js';
import { testStack, type TestStack } from './support/stack.js';

const { greeting, turns } = shippedScenario('en');
const firstTurn = turns[0]!;

const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

function inPage(script: string): string {
  return fileURLToPath(new URL(`./support/in-page/${script}`, import.meta.url));
}

const found = await findChromium();
const whyNot = 'missing' in found ? found.missing : '';

describe.skipIf(whyNot !== '')(`the page, in Chromium${whyNot === '' ? '' : `: ${whyNot}`}`, () => {
  let stack: TestStack;
  let playground: Playground;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    stack = await testStack('start');
    playground = await startPlayground({
      livekit: stack.livekit,
      agentName: 'interviewer',
      interviews: [
        { id: 'hr-screening-en', title: 'English' },
        { id: 'hr-screening-ru', title: 'Russian' },
      ],
      simulated: true,
    });
    const microphone = join(stack.dataDir, 'microphone.wav');
    // Silence first: the test mutes the page before the sentence, and lets it through when it is the caller's turn.
    await writeFakeMicrophone(microphone, firstTurn.hears, { beforeMs: 500, afterMs: 8000 });
    browser = await chromium.launch({
      executablePath: 'path' in found ? found.path : '',
      args: [...CHROMIUM_FLAGS, `--use-file-for-fake-audio-capture=${microphone}`],
    });
    page = await browser.newPage({ permissions: ['microphone'] });
    page.setDefaultTimeout(PATIENCE.timeoutMs);
    await page.addInitScript({ path: inPage('measure-audio.js') });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') {
        complaints.push(message.text());
      }
    });
  });
  afterAll(async () => {
    await browser.close();
    await playground.stop();
    await stack.end();
  });

  it('lets a person hear the agent, see what both say, mute, and leave', async () => {
    await page.goto(playground.url);
    await page.getByText('A simulator is speaking.').waitFor();
    expect(await page.getByLabel('Interview').locator('option').allTextContents()).toEqual([
      'English',
      'Russian',
    ]);

    await page.getByRole('button', { name: 'Start the call' }).click();
    await page.getByRole('button', { name: 'Mute' }).click();
    await page.waitForFunction('hearAgent(0.02)');
    await page.getByText('The agent is speaking.').waitFor();
    await page.locator('#transcript .agent .text').getByText(greeting.trim()).waitFor();
    await page.getByText('The agent is listening.').waitFor();

    await page.getByRole('button', { name: 'Unmute' }).click();
    await page.locator('#transcript .caller .text').getByText(firstTurn.hears).waitFor();
    await page.locator('#transcript .agent .text').getByText(firstTurn.says).waitFor();

    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByText('You left the call.').waitFor();
    await page.getByRole('button', { name: 'Start a new call' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('says what to do when the microphone is refused, and calls nobody', async () => {
    const callsBefore = (await stack.simulator.control.connections()).length;
    const context = await browser.newContext({ permissions: [] });
    const refused = await context.newPage();
    await refused.addInitScript({ path: inPage('refuse-microphone.js') });
    await refused.goto(playground.url);
    await refused.getByRole('button', { name: 'Start the call' }).click();
    await refused.getByRole('alert').getByText('Allow it in the address bar').waitFor();
    await refused.getByRole('button', { name: 'Try again' }).waitFor();
    await context.close();
    expect(await stack.simulator.control.connections()).toHaveLength(callsBefore);
  });

  it('says that no agent has come, and makes a new call on request', async () => {
    await using lonely = await startPlayground({
      livekit: stack.livekit,
      agentName: 'nobody',
      interviews: [{ id: 'hr-screening-en', title: 'English' }],
      simulated: true,
    });
    await page.goto(lonely.url);
    const calls: string[] = [];
    page.on('request', (request) => calls.push(new URL(request.url()).pathname));
    await page.getByRole('button', { name: 'Start the call' }).click();
    await page.getByRole('alert').getByText('No agent has come').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('alert').getByText('No agent has come').waitFor({ state: 'hidden' });
    await page.getByText('Waiting for the agent').waitFor();
    expect(calls.filter((path) => path === '/api/calls')).toHaveLength(2);
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByText('You left the call.').waitFor();
  });
});
