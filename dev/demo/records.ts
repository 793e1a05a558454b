import { readdir } from 'node:fs/promises';
import type { CallReport } from '../caller/index.js';
import { CALL_FILES, callFolder } from '../../src/records/call-folder.js';
import { readState } from '../../src/records/delivery/state.js';
import { waitUntil } from '../stack/deadline.js';
import type { WebhookReceiver } from '../webhook-receiver/index.js';
import type { Steps } from './steps.js';

/** A report is made and delivered in seconds; a text model that is asked for one may take its time. */
const RECORDS_MS = 90_000;

/** What a call has left behind. */
export interface CallRecords {
  readonly folder: string;
  /** Names of the files in it. */
  readonly files: readonly string[];
  /** Names of the files that arrived at the receiver, their signature verified; null when it was not asked. */
  readonly delivered: readonly string[] | null;
}

export type DemoReport = CallReport & { readonly records: CallRecords | null };

/**
 * Waits until the records of a call are complete, and were delivered.
 *
 * @param receiver where they are delivered; undefined when the environment names somebody else's
 */
export async function withRecords(
  call: CallReport,
  dataDir: string,
  receiver: WebhookReceiver | undefined,
  steps: Steps,
): Promise<DemoReport> {
  const { callId } = call;
  if (callId === null) {
    return { ...call, records: null };
  }
  const folder = callFolder(dataDir, callId);
  const arrived = (): WebhookReceiver['received'][number] | undefined =>
    receiver?.received.find(({ key }) => key === callId);
  const problems = [...call.problems];
  try {
    await steps.run(
      'Records',
      () =>
        waitUntil(
          async () =>
            receiver === undefined
              ? (await readdir(folder)).includes(CALL_FILES.call)
              : (await readState(folder)).webhook?.state === 'delivered',
          { deadlineMs: RECORDS_MS, what: 'the records of the call' },
        ),
      () => (receiver === undefined ? folder : `${folder}, delivered and verified`),
    );
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  problems.push(...(receiver?.refused ?? []).map((why) => `A delivery was refused: ${why}`));
  const files = (await readdir(folder).catch(() => [])).sort();
  const delivered = arrived()?.files.map(({ name }) => name) ?? null;
  const ok = call.ok && problems.length === 0;
  return { ...call, ok, problems, records: { folder, files, delivered } };
}
