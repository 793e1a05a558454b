import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SimulatorControl } from '../../../dev/realtime-simulator/index.js';

const firstLine = z.object({ url: z.url(), baseURL: z.url(), controlToken: z.string() });
const main = ['--import', 'tsx', 'dev/realtime-simulator/main.ts'];

describe('the command', () => {
  it('says where it listens in its first line, answers, and ends on SIGTERM', async () => {
    const child = execa('node', [...main, '--json'], { timeout: 20_000 });
    const [line] = z.tuple([z.string()]).parse(await once(createInterface(child.stdout), 'line'));
    const { url, controlToken } = firstLine.parse(JSON.parse(line));
    const control = new SimulatorControl({ url, token: controlToken });
    expect(await control.connections()).toEqual([]);
    child.kill('SIGTERM');
    expect(await child).toMatchObject({ exitCode: 0 });
  }, 30_000);

  it('refuses a port that is none', async () => {
    const result = await execa('node', [...main, '--port', 'high'], { reject: false });
    expect(result.exitCode).toBe(2);
    expect(result.stdout).toContain('Usage');
  }, 30_000);
});
