import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { findChromium } from '../../../dev/stack/index.js';
import { PATIENCE } from './call.js';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
];

const found = await findChromium();

/** Why there is no browser to test with; empty when there is one. */
export const NO_BROWSER = 'missing' in found ? found.missing : '';

/** A real Chromium whose microphone plays a file, or beeps. */
export function startBrowser(options: { readonly microphone?: string } = {}): Promise<Browser> {
  const { microphone } = options;
  return chromium.launch({
    executablePath: 'path' in found ? found.path : '',
    args: [
      ...FLAGS,
      '--autoplay-policy=no-user-gesture-required',
      ...(microphone === undefined ? [] : [`--use-file-for-fake-audio-capture=${microphone}`]),
    ],
  });
}

/** A page of its own, which writes down everything that it complains of. */
export async function newPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({
    locale: 'en-GB',
    permissions: ['microphone'],
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE.timeoutMs);
  await page.addInitScript({ path: inPage('measure-audio.js') });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') {
      complaints.push(message.text());
    }
  });
  return { page, complaints };
}

/** A script that is run in the page before its own. */
export function inPage(script: string): string {
  return fileURLToPath(new URL(`./in-page/${script}`, import.meta.url));
}
