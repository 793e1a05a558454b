import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { disposeCallers } from '../caller/index.js';
import { untilInterrupted } from '../demo/interruption.js';
import { killAllProcesses } from '../stack/process-registry.js';

/** What every measurement may be asked for. */
interface CommonArgs {
  readonly help: boolean;
  /** The result as one line of JSON on standard output. */
  readonly json: boolean;
  readonly writesDocs: boolean;
}

/** What was measured. */
export interface Measured {
  readonly result: unknown;
  /** For a terminal. */
  readonly summary: string;
  /** False ends the command with 1. */
  readonly ok: boolean;
  /** What is written into docs/: by the file's name, markdown and pictures as they are, anything else as JSON. */
  readonly docs: Readonly<Record<string, unknown>>;
}

/** A measurement as a command of its own. */
export interface Measurement<Args extends CommonArgs> {
  readonly usage: string;
  /** @throws Error for a person when the command line is wrong. */
  parse(args: readonly string[]): Args;
  measure(args: Args, say: (message: string) => void, signal: AbortSignal): Promise<Measured>;
}

/** Measures as the command line says, and ends the process: 0 all is well, 1 it is not, 2 a wrong command line. */
export async function runMeasurement<Args extends CommonArgs>(
  measurement: Measurement<Args>,
): Promise<never> {
  const status = await statusOf(measurement).catch((error: unknown) => {
    console.error(error);
    return 1;
  });
  killAllProcesses();
  // Not by itself: the native library of a call keeps a process running.
  process.exit(status);
}

async function statusOf<Args extends CommonArgs>(measurement: Measurement<Args>): Promise<number> {
  let args: Args;
  try {
    args = measurement.parse(process.argv.slice(2));
  } catch (error) {
    console.error(
      `${error instanceof Error ? error.message : String(error)}\n\n${measurement.usage}`,
    );
    return 2;
  }
  if (args.help) {
    console.log(measurement.usage);
    return 0;
  }
  const begunAtMs = performance.now();
  const say = (message: string): void => {
    const seconds = Math.round((performance.now() - begunAtMs) / 1000);
    console.error(`${String(seconds).padStart(4)} s  ${message}`);
  };
  const { result, summary, ok, docs } = await measurement.measure(args, say, untilInterrupted());
  console.error(`\n${summary}`);
  if (args.writesDocs) {
    await writeDocs(docs);
    say(`Written into docs/: ${Object.keys(docs).join(', ')}.`);
  }
  if (args.json) {
    await new Promise<void>((done) => {
      process.stdout.write(`${JSON.stringify(result)}\n`, () => done());
    });
  }
  await disposeCallers();
  return ok ? 0 : 1;
}

const DOCS = new URL('../../docs/', import.meta.url);

async function writeDocs(docs: Measured['docs']): Promise<void> {
  await mkdir(DOCS, { recursive: true });
  for (const [name, content] of Object.entries(docs)) {
    await writeFile(fileURLToPath(new URL(name, DOCS)), await asFile(name, content));
  }
}

async function asFile(name: string, content: unknown): Promise<string> {
  const style = { printWidth: 100, singleQuote: true } as const;
  if (typeof content !== 'string') {
    return format(JSON.stringify(content), { ...style, parser: 'json' });
  }
  return name.endsWith('.md') ? format(content, { ...style, parser: 'markdown' }) : content;
}
