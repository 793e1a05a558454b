import type * as Rtc from '@livekit/rtc-node';

/**
 * rtc-node, loaded without its chatter: its logger writes to stdout and takes its level from NODE_ENV at the moment
 * of import ('debug' unless 'production'), which would spoil output meant for machines. NODE_ENV itself stays as it was.
 */
async function loadQuietly(): Promise<typeof Rtc> {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    return await import('@livekit/rtc-node');
  } finally {
    if (before === undefined) {
      delete process.env['NODE_ENV'];
    } else {
      process.env['NODE_ENV'] = before;
    }
  }
}

export const rtc = await loadQuietly();
