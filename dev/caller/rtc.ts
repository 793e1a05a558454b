import type * as Rtc from '@livekit/rtc-node';

/**
 * rtc-node, loaded without its chatter, which would spoil output meant for machines: its logger takes its level from
 * NODE_ENV at the moment of import ('debug' unless 'production'), and writes what is left, a stream that was cut by the
 * end of a call, to the number that stdout has at that moment. Both are put back as they were.
 */
async function loadQuietly(): Promise<typeof Rtc> {
  const before = process.env['NODE_ENV'];
  const stdout = process.stdout.fd;
  process.env['NODE_ENV'] = 'production';
  Reflect.set(process.stdout, 'fd', process.stderr.fd);
  try {
    return await import('@livekit/rtc-node');
  } finally {
    Reflect.set(process.stdout, 'fd', stdout);
    if (before === undefined) {
      delete process.env['NODE_ENV'];
    } else {
      process.env['NODE_ENV'] = before;
    }
  }
}

export const rtc = await loadQuietly();
