import { describe, expect, test } from 'vitest';
import { findChromium } from '../../../dev/stack/chromium.js';
import { fakeMachine } from './support/fake-machine.js';

describe('the browser for the page’s tests', () => {
  test('is the one CHROMIUM_BIN names', async () => {
    const env = { CHROMIUM_BIN: '/opt/chrome' };
    const machine = fakeMachine({ env, programs: ['/opt/chrome', '/usr/bin/chromium'] });
    expect(await findChromium(machine)).toEqual({ path: '/opt/chrome' });
  });

  test('is otherwise one on PATH', async () => {
    const machine = fakeMachine({ programs: ['/usr/bin/google-chrome'] });
    expect(await findChromium(machine)).toEqual({ path: '/usr/bin/google-chrome' });
  });

  test('is never installed on a machine that is not a CI machine', async () => {
    const machine = fakeMachine({ programs: ['/usr/bin/apt-get'] });
    expect(await findChromium(machine)).toEqual({
      missing: 'no Chromium on PATH; install one or name it in CHROMIUM_BIN',
    });
  });

  test('is missing, with the reason, when CHROMIUM_BIN is wrong', async () => {
    const machine = fakeMachine({ env: { CHROMIUM_BIN: '/opt/none' } });
    expect(await findChromium(machine)).toEqual({
      missing: 'CHROMIUM_BIN names /opt/none, which is no program that can be run',
    });
  });
});
