import { readCallFiles, REPORT_FILES, type CallFile } from '../call-files.js';
import { ATTEMPT_MS, type DeliveryTarget } from '../target.js';
import { resultOf } from './answer.js';
import { post } from './post.js';
import { SIGNATURE_HEADER, signatureOf } from './signature.js';

export interface WebhookOptions {
  readonly url: string;
  readonly secret: string;
  /** How long the receiver may take, headers and answer together. */
  readonly timeoutMs?: number;
  readonly now?: () => number;
}

/** Half of what an attempt may take: the receiver is told of one call, not of a film. */
const TIMEOUT_MS = ATTEMPT_MS / 2;

/** Posts the report and the transcript of a call to a receiver; docs/delivery.md is the contract with it. */
export function webhookTarget(options: WebhookOptions): DeliveryTarget {
  const { url, secret, timeoutMs = TIMEOUT_MS, now = Date.now } = options;
  return {
    name: 'webhook',
    async send(callId, folder, signal) {
      const { body, type } = await multipart(await readCallFiles(folder, REPORT_FILES));
      const headers = {
        'Content-Type': type,
        'Idempotency-Key': callId,
        [SIGNATURE_HEADER]: signatureOf(body, secret, now()),
        'User-Agent': 'steadfast',
      };
      const timeUp = AbortSignal.timeout(timeoutMs);
      try {
        const answer = await post(url, body, headers, AbortSignal.any([signal, timeUp]));
        return resultOf(answer, now());
      } catch (error) {
        signal.throwIfAborted();
        const reason = timeUp.aborted
          ? `The receiver did not answer within ${timeoutMs / 1_000} s.`
          : error instanceof Error
            ? error.message
            : String(error);
        return { delivered: false, permanent: false, reason };
      }
    },
  };
}

/** One part a file, named after it. */
async function multipart(
  files: readonly CallFile[],
): Promise<{ body: Uint8Array<ArrayBuffer>; type: string }> {
  const form = new FormData();
  for (const { name, type, bytes } of files) {
    form.append(name, new Blob([bytes], { type }), name);
  }
  // A Response knows how a form is written, and which boundary it chose.
  const encoded = new Response(form);
  const type = encoded.headers.get('content-type') ?? 'multipart/form-data';
  return { body: new Uint8Array(await encoded.arrayBuffer()), type };
}
