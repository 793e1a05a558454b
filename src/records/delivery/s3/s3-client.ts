import type * as S3 from '@aws-sdk/client-s3';

/** The client's package, loaded when a bucket is used and not before: most workers never do. */
export type S3Package = typeof S3;

export interface S3Access {
  readonly client: S3.S3Client;
  readonly s3: S3Package;
}

/** For buckets outside AWS, whose servers know one region only. */
const ANY_REGION = 'us-east-1';

/**
 * Opens a client the way every program of AWS does: keys from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, or
 * the role of the machine or pod; AWS_REGION; AWS_ENDPOINT_URL or AWS_ENDPOINT_URL_S3 for other servers than Amazon's,
 * whose buckets are part of the path. Tries once: the outbox has the patience.
 */
export async function openS3(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<S3Access> {
  const s3 = await import('@aws-sdk/client-s3');
  const isElsewhere = ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3'].some(
    (name) => (env[name] ?? '') !== '',
  );
  const regionIsSet = ['AWS_REGION', 'AWS_DEFAULT_REGION'].some((name) => (env[name] ?? '') !== '');
  const region = env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? ANY_REGION;
  const client = new s3.S3Client({
    maxAttempts: 1,
    ...(regionIsSet || isElsewhere ? { region } : {}),
    ...(isElsewhere
      ? {
          forcePathStyle: true,
          // Many other servers know no checksums but those that a request must have.
          requestChecksumCalculation: 'WHEN_REQUIRED',
          responseChecksumValidation: 'WHEN_REQUIRED',
        }
      : {}),
  });
  return { client, s3 };
}
