import type { FaultRequest } from '../../realtime-simulator/faults/catalogue.js';
import type { Injection, Promised, Row } from '../row.js';

/** One fault of the simulator. */
export function atModel(request: FaultRequest, afterMs = 0): Injection {
  return { on: 'simulator', request, afterMs };
}

/** The model is gone for good: the call ends, and the caller is told. */
export const givesUp: Promised = {
  outcomes: ['model-unavailable'],
  hears: 'notice',
  connections: { least: 1, most: 4 },
};

/** Nothing repeated would change: one try, and over. */
export const refused: Promised = {
  outcomes: ['model-refused'],
  hears: 'notice',
  connections: { least: 1, most: 1 },
  endsWithinMs: 150,
};

/** The call goes on, on the same connection, until the caller hangs up. */
export const unharmed: Promised = {
  outcomes: ['caller-left'],
  hears: 'every-answer',
  connections: { least: 1, most: 1 },
};

/** One new connection, and the call goes on. */
export const reconnects: Promised = {
  outcomes: ['caller-left'],
  hears: 'every-answer',
  connections: { least: 2, most: 2 },
};

/** Fills in a family. */
export function family(name: Row['family'], rows: readonly Omit<Row, 'family'>[]): readonly Row[] {
  return rows.map((row) => ({ ...row, family: name }));
}
