import type { Row } from '../row.js';
import { connect } from './connect.js';
import { open } from './open.js';
import { running } from './running.js';

/** Every row, family by family. */
export const rows: readonly Row[] = [...connect, ...open, ...running];
