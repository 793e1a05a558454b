import { describe, expect, it } from 'vitest';
import { freeTcpPort } from '../../dev/stack/ports.js';
import { mediaByTcp } from '../../src/doctor/checks/media.js';

describe('the doctor, of media by TCP', () => {
  it('finds a port that is closed', async () => {
    const tcp = [{ host: '127.0.0.1', port: await freeTcpPort() }];
    const finding = await mediaByTcp({ used: 'udp', tcp }, 'ws://127.0.0.1:7880');
    expect(finding).toMatchObject({ ok: false, check: 'media by TCP' });
  });

  it('does not take its own loopback for that of another machine: a container on a laptop is well', async () => {
    const tcp = [{ host: '127.0.0.1', port: await freeTcpPort() }];
    const finding = await mediaByTcp({ used: 'udp', tcp }, 'ws://livekit:7880');
    expect(finding.ok).toBe(true);
    expect(finding.what).toContain('cannot be tried from here');
  });
});
