import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { readArgs, USAGE, UsageError, type Args } from './args.js';
import { readResults, withEarlier } from './report/earlier.js';
import { faultsDocument } from './report/document.js';
import { summary, tableHead, tableLine } from './report/table.js';
import type { RowResult } from './result.js';
import { rows } from './rows/index.js';
import { runMatrix } from './run-matrix.js';
import { SUBJECTS } from './subjects.js';

const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url));
const JSON_FILE = `${DOCS}faults.json`;
const INTERRUPTED = 130;

/** Answers the exit code: 0 when every promise was kept, 1 when one was broken, 2 for a wrong command line. */
async function main(): Promise<number> {
  const args = readArgs(process.argv.slice(2), rows);
  if (args.help) {
    console.log(USAGE);
    return 0;
  }
  if (args.list) {
    list(args);
    return 0;
  }
  const abort = new AbortController();
  const interrupt = (): void => {
    if (abort.signal.aborted) {
      process.exit(INTERRUPTED); // The stack's registry ends what it has started.
    }
    abort.abort(new Error('interrupted'));
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    return await play(args, abort.signal);
  } catch (error) {
    if (abort.signal.aborted) {
      return INTERRUPTED;
    }
    throw error;
  }
}

async function play(args: Args, signal: AbortSignal): Promise<number> {
  // With --json, standard output belongs to the result.
  const tell = args.json ? console.error : console.log;
  tell(tableHead());
  const results = await runMatrix({
    rows: args.rows,
    subjects: args.baseline ? SUBJECTS : ['steadfast'],
    lanes: args.lanes,
    keep: args.keep,
    signal,
    onProgress: (text) => console.error(`  ${text}`),
    onResult: (result) => tell(tableLine(result, args.baseline)),
  });
  tell(`\n${summary(results)}`);
  if (args.write) {
    await write(sorted(withEarlier(results, await readResults(JSON_FILE))));
  }
  if (args.json) {
    console.log(JSON.stringify({ rows: sorted(results) }));
  }
  return results.some(({ ok, subject }) => !ok && subject === 'steadfast') ? 1 : 0;
}

function list({ rows: chosen, json }: Args): void {
  const shown = chosen.map(({ id, family, fault, when, quick = false }) => {
    return { fault: id, family, about: fault, when, quick };
  });
  console.log(
    json
      ? JSON.stringify({ rows: shown })
      : shown
          .map(({ fault, when, about }) => `${fault.padEnd(36)} ${when.padEnd(14)} ${about}`)
          .join('\n'),
  );
}

/** Rows end in any order; the document keeps the order of the list. What is no row any more is left out. */
function sorted(results: readonly RowResult[]): RowResult[] {
  return SUBJECTS.flatMap((subject) =>
    rows.flatMap(({ id }) =>
      results.filter((one) => one.fault === id && one.subject === subject).slice(0, 1),
    ),
  );
}

async function write(results: readonly RowResult[]): Promise<void> {
  await mkdir(DOCS, { recursive: true });
  const config = await resolveConfig(fileURLToPath(import.meta.url));
  const put = async (file: string, text: string, parser: string): Promise<void> =>
    writeFile(file, await format(text, { ...config, parser }));
  const shown = rows.filter(({ id }) => results.some(({ fault }) => fault === id));
  await put(`${DOCS}faults.md`, faultsDocument(shown, results), 'markdown');
  await put(JSON_FILE, JSON.stringify({ rows: results }), 'json');
}

main()
  .then((code) => {
    process.exitCode = code;
  })
  .catch((error: unknown) => {
    console.error(error instanceof UsageError ? error.message : error);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  });
