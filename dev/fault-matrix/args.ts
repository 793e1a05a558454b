import { parseArgs } from 'node:util';
import { FAMILIES, withoutLimits, type Row } from './row.js';

export const USAGE = `Usage: npm run faults -- [options]

  --only a,b    only these rows or families; --list shows their names
  --quick       only the rows that npm test plays
  --list        show the rows and play none
  --json        print nothing but {"rows":[…]} on standard output
  --baseline    play them against a bare agent and the agent of a bug report, too
  --untimed     judge no durations, as npm test does: its machine may be busy
  --lanes N     rows played at once, 1 to 8; 2 by default
  --write       write docs/faults.md and docs/faults.json, also for a part of the rows
  --no-write    do not write them
  --keep        keep logs, records and what the probe saw`;

export interface Args {
  readonly rows: readonly Row[];
  readonly list: boolean;
  readonly json: boolean;
  readonly baseline: boolean;
  readonly lanes: number;
  readonly write: boolean;
  readonly keep: boolean;
  readonly help: boolean;
}

/** A command line that makes no sense. The message says what would. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Reads the command line.
 *
 * @throws UsageError for an unknown option, row or family, which names what is near.
 */
export function readArgs(argv: readonly string[], rows: readonly Row[]): Args {
  const { values } = parsed(argv);
  const lanes = Number(values.lanes);
  if (!Number.isInteger(lanes) || lanes < 1 || lanes > 8) {
    throw new UsageError(`--lanes takes a number from 1 to 8, not ${values.lanes}.`);
  }
  const chosen = values.only === undefined ? rows : chosenRows(values.only, rows);
  const selected = values.quick ? chosen.filter(({ quick }) => quick === true) : chosen;
  const whole = selected.length === rows.length && !values.untimed;
  return {
    rows: values.untimed ? selected.map(withoutLimits) : selected,
    list: values.list,
    json: values.json,
    baseline: values.baseline,
    lanes,
    write: values['no-write'] ? false : values.write || whole,
    keep: values.keep,
    help: values.help,
  };
}

function parsed(argv: readonly string[]) {
  const flag = { type: 'boolean', default: false } as const;
  try {
    return parseArgs({
      args: [...argv],
      options: {
        only: { type: 'string' },
        lanes: { type: 'string', default: '2' },
        quick: flag,
        untimed: flag,
        list: flag,
        json: flag,
        baseline: flag,
        write: flag,
        'no-write': flag,
        keep: flag,
        help: flag,
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

function chosenRows(only: string, rows: readonly Row[]): readonly Row[] {
  const names = only
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const known = [...FAMILIES, ...rows.map(({ id }) => id)];
  const unknown = names.find((name) => !known.some((one) => one === name));
  if (unknown !== undefined || names.length === 0) {
    throw new UsageError(unknownName(unknown ?? '', known));
  }
  return rows.filter(({ id, family }) => names.includes(id) || names.includes(family));
}

function unknownName(name: string, known: readonly string[]): string {
  const near = known
    .map((one) => ({ one, distance: one.includes(name) ? 0 : distance(name, one) }))
    .filter((each) => each.distance <= Math.max(2, name.length / 3))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 8)
    .map(({ one }) => one);
  const hint =
    near.length > 0 ? `Near it: ${near.join(', ')}.` : `The families are ${FAMILIES.join(', ')}.`;
  return `There is no row and no family "${name}". ${hint} --list shows all.`;
}

/** How many letters must be put in, taken out or changed to make one word of the other. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [at, letter] of Array.from(from).entries()) {
    const next = [at + 1];
    for (const [index, other] of Array.from(to).entries()) {
      next.push(
        Math.min(
          (row[index + 1] ?? 0) + 1,
          (next[index] ?? 0) + 1,
          (row[index] ?? 0) + (letter === other ? 0 : 1),
        ),
      );
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
