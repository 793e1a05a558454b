import { z } from 'zod';
import type { ConfigProblem } from './config-error.js';
import { duration } from './durations.js';

/** As short as a key of LiveKit may be: a shorter one can be guessed, and whoever has it can forge a report. */
const SECRET_MIN_LENGTH = 32;
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const PREFIX = /^[\w.-]+(\/[\w.-]+)*$/;

/** Where the records of a call are sent, and for how long they are kept here. Part of `environment`. */
export const deliveryVariables = {
  REPORT_WEBHOOK_URL: z
    .string()
    .transform((text, context) => {
      const url = URL.canParse(text) ? new URL(text) : undefined;
      if (url === undefined || !/^https?:$/.test(url.protocol)) {
        context.addIssue('is not an http:// or https:// address');
      } else if (url.username !== '' || url.password !== '') {
        context.addIssue('has a user name or a password in it; the signature takes their place');
      }
      return text;
    })
    .optional()
    .describe(
      'Set the address that reports are posted to, such as https://hr.example.com/reports, or leave it empty.',
    ),
  REPORT_WEBHOOK_SECRET: z
    .string()
    .regex(/^\S+$/, 'has a space or a line break in it')
    .min(SECRET_MIN_LENGTH, `is shorter than ${SECRET_MIN_LENGTH} characters`)
    .optional()
    .describe('Make one with `openssl rand -hex 32`, and give the same to the receiver.'),
  RECORDS_URL: z
    .string()
    .transform((text, context) => {
      const place = parseS3Url(text);
      if (place === undefined) {
        context.addIssue('is not of the form s3://bucket or s3://bucket/prefix');
        return z.NEVER;
      }
      return place;
    })
    .optional()
    .describe(
      'Set it to s3://bucket/prefix, with keys in the usual AWS_ variables, or leave it empty.',
    ),
  RECORDS_KEEP: duration({ min: '1h', max: '3650d' })
    .optional()
    .describe('Set after how long a call’s folder is deleted, such as 90d; empty keeps all.'),
} as const;

type DeliveryVariables = z.output<z.ZodObject<typeof deliveryVariables>>;

/** A bucket, and the folder in it; the prefix has no slash at its ends, and may be empty. */
export interface S3Place {
  readonly bucket: string;
  readonly prefix: string;
}

/** Where records go besides the disk. Nothing that is undefined is sent anywhere. */
export interface DeliveryConfig {
  readonly webhook: { readonly url: string; readonly secret: string } | undefined;
  readonly s3: S3Place | undefined;
}

export function deliveryConfig(env: DeliveryVariables): DeliveryConfig {
  const { REPORT_WEBHOOK_URL: url, REPORT_WEBHOOK_SECRET: secret } = env;
  return {
    webhook: url === undefined || secret === undefined ? undefined : { url, secret },
    s3: env.RECORDS_URL,
  };
}

/** What no variable shows by itself. `given` are the variables that are not empty. */
export function deliveryProblems(
  given: Readonly<Record<string, string | undefined>>,
): ConfigProblem[] {
  return given['REPORT_WEBHOOK_URL'] !== undefined && given['REPORT_WEBHOOK_SECRET'] === undefined
    ? [
        {
          variable: 'REPORT_WEBHOOK_SECRET',
          problem: 'is not set, though REPORT_WEBHOOK_URL is: a receiver could not tell who posts',
          remedy: deliveryVariables.REPORT_WEBHOOK_SECRET.description ?? '',
        },
      ]
    : [];
}

function parseS3Url(text: string): S3Place | undefined {
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)\/*(.*?)\/*$/.exec(text.trim()) ?? [];
  const isPlace =
    bucket !== undefined &&
    BUCKET.test(bucket) &&
    (prefix === '' || (PREFIX.test(prefix) && !/(^|\/)\.\.?(\/|$)/.test(prefix)));
  return isPlace ? { bucket, prefix } : undefined;
}
