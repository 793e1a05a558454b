import { findPackaged, type Found, type PackagedProgram } from './find-packaged.js';
import { thisMachine, type Machine } from './livekit/machine.js';

const CHROMIUM: PackagedProgram = {
  names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  variable: 'CHROMIUM_BIN',
  packages: ['chromium'],
  missing: 'no Chromium on PATH; install one or name it in CHROMIUM_BIN',
};

/** A Chromium for the page's tests. */
export function findChromium(machine: Machine = thisMachine()): Promise<Found> {
  return findPackaged(CHROMIUM, machine);
}
