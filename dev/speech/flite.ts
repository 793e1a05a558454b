import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { decodeWav, type Pcm } from './wav.js';

/** Flite's voices that are worth hearing; all of them speak at 16 kHz. */
export type Voice = 'slt' | 'rms' | 'awb' | 'kal16';

/** Measured: 14–330 ms a sentence, half a second for the first; the rest is for a machine under load. */
const SYNTHESIS_DEADLINE_MS = 30_000;

const replySchema = z.union([
  z.object({ wav: z.instanceof(ArrayBuffer) }),
  z.object({ error: z.string() }),
]);

interface Job {
  readonly text: string;
  readonly voice: Voice;
  readonly deadlineMs: number;
  readonly resolve: (speech: Pcm) => void;
  readonly reject: (error: Error) => void;
}

const queue: Job[] = [];
let worker: Worker | undefined;
let current: { readonly job: Job; readonly deadline: NodeJS.Timeout } | undefined;

/** Speaks English text in the worker thread; one text at a time, in the order asked. */
export function speakWithFlite(
  text: string,
  voice: Voice,
  deadlineMs = SYNTHESIS_DEADLINE_MS,
): Promise<Pcm> {
  return new Promise((resolve, reject) => {
    queue.push({ text: forFlite(text), voice, deadlineMs, resolve, reject });
    startNext();
  });
}

/** Ends the worker thread; whoever waits for speech is refused. The next request starts a new one. */
export async function stopFlite(): Promise<void> {
  const stopped = new Error('Speech was stopped while this text was waiting to be spoken.');
  for (const job of queue.splice(0)) {
    job.reject(stopped);
  }
  await discardWorker(stopped);
}

function startNext(): void {
  if (current !== undefined) {
    return;
  }
  const job = queue.shift();
  if (job === undefined) {
    return;
  }
  const used = (worker ??= startWorker());
  // The timer, not the worker, keeps the process alive: only while somebody waits for speech.
  const deadline = setTimeout(() => {
    void discardWorker(
      new Error(
        `Flite did not finish within ${job.deadlineMs} ms: "${shortened(job.text)}". ` +
          'Is the machine overloaded, or the text very long?',
      ),
    );
  }, job.deadlineMs);
  current = { job, deadline };
  used.postMessage({ text: job.text, voice: job.voice });
}

function startWorker(): Worker {
  // No execArgv of ours: a process run by tsx would load tsx in the thread as well.
  const started = new Worker(new URL('./flite-worker.mjs', import.meta.url), { execArgv: [] });
  const onlyMine = (react: () => void): void => {
    if (worker === started) {
      react();
    }
  };
  started.on('message', (message: unknown) => {
    onlyMine(() => finish(message));
  });
  started.on('error', (cause) => {
    onlyMine(() => void discardWorker(new Error('The Flite worker thread failed.', { cause })));
  });
  started.on('exit', (code) => {
    onlyMine(() => void discardWorker(new Error(`The Flite worker thread ended (code ${code}).`)));
  });
  started.unref();
  return started;
}

function finish(message: unknown): void {
  const job = takeCurrent();
  const reply = replySchema.safeParse(message);
  try {
    if (!reply.success || 'error' in reply.data) {
      throw new Error(reply.success && 'error' in reply.data ? reply.data.error : 'no sound');
    }
    job?.resolve(decodeWav(new Uint8Array(reply.data.wav)));
  } catch (cause) {
    job?.reject(new Error(`Flite could not say "${shortened(job.text)}".`, { cause }));
  }
  startNext();
}

function takeCurrent(): Job | undefined {
  clearTimeout(current?.deadline);
  const job = current?.job;
  current = undefined;
  return job;
}

async function discardWorker(reason: Error): Promise<void> {
  const discarded = worker;
  worker = undefined;
  takeCurrent()?.reject(reason);
  startNext();
  await discarded?.terminate();
}

/** Flite reads bytes, not Unicode: typographic marks become plain ones, accents fall off. */
function forFlite(text: string): string {
  return text
    .replaceAll(/[‘’]/gu, "'")
    .replaceAll(/[“”«»„]/gu, '"')
    .replaceAll(/[–—]/gu, ', ')
    .replaceAll('…', '...')
    .normalize('NFKD')
    .replaceAll(/[^\x20-\x7e]/gu, (mark) => (/\s/u.test(mark) ? ' ' : ''));
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
