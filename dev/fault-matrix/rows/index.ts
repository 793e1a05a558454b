import type { Row } from '../row.js';
import { callerAndLiveKit } from './caller-and-livekit.js';
import { connect } from './connect.js';
import { open } from './open.js';
import { inProcess } from './process.js';
import { protocol } from './protocol.js';
import { running } from './running.js';
import { service } from './service.js';
import { shutdown } from './shutdown.js';

/** Every row, family by family. */
export const rows: readonly Row[] = [
  ...connect,
  ...open,
  ...running,
  ...protocol,
  ...service,
  ...callerAndLiveKit,
  ...inProcess,
  ...shutdown,
];
