import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Check } from '../check.js';
import { well, wrong, type Finding } from '../finding.js';

const require = createRequire(import.meta.url);
const ours = z.object({
  dependencies: z.record(z.string(), z.string()),
  engines: z.object({ node: z.string() }),
});
const theirs = z.object({ name: z.string(), version: z.string() });

/** These are pinned: what the lifecycle replaces in them is private (src/lifecycle/realtime). */
const PINNED = /^@livekit\//;
/** They work with LiveKit Cloud only. */
const CLOUD_ONLY = ['@livekit/noise-cancellation-node', '@livekit/plugins-ai-coustics'];

/** Whether what is installed is what this was made for. */
export const packages: Check = {
  name: 'packages',
  async run(config) {
    const text = await readFile(new URL('../../../package.json', import.meta.url), 'utf8');
    const { dependencies } = ours.parse(JSON.parse(text));
    const pinned = Object.entries(dependencies).filter(([name]) => PINNED.test(name));
    const found = await Promise.all(pinned.map(([name, wanted]) => compare(name, wanted)));
    const wrongOnes = found.filter(({ ok }) => !ok);
    return [
      ...(wrongOnes.length > 0
        ? wrongOnes
        : [well('packages', pinned.map(([name, version]) => `${name} ${version}`).join(', '))]),
      ...cloudOnly(config.livekit.url),
    ];
  },
};

async function compare(name: string, wanted: string): Promise<Finding> {
  const installed = await versionOf(name);
  return installed === wanted
    ? well('packages', `${name} ${wanted}`)
    : wrong('packages', {
        what: `${name} is ${installed ?? 'not installed'}, and this was made for ${wanted}`,
        why: 'Packages of LiveKit that do not match fail in odd ways, or run unguarded.',
        fix: 'Run `npm ci`; to upgrade on purpose, run the contract tests first.',
      });
}

async function versionOf(name: string): Promise<string | undefined> {
  try {
    let folder = dirname(require.resolve(name));
    for (;;) {
      const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '{}');
      const { data } = theirs.safeParse(JSON.parse(text));
      if (data?.name === name) {
        return data.version;
      }
      if (dirname(folder) === folder) {
        return undefined;
      }
      folder = dirname(folder);
    }
  } catch {
    return undefined;
  }
}

function cloudOnly(url: string): Finding[] {
  if (new URL(url).hostname.endsWith('.livekit.cloud')) {
    return [];
  }
  const installed = CLOUD_ONLY.filter((name) => {
    try {
      require.resolve(name);
      return true;
    } catch {
      return false;
    }
  });
  const inference = Object.keys(process.env).filter((name) => name.startsWith('LIVEKIT_INFERENCE'));
  const found = [...installed, ...inference];
  return [
    found.length === 0
      ? well('LiveKit Cloud', 'nothing is set that works there only')
      : wrong('LiveKit Cloud', {
          what: `${found.join(', ')} works with LiveKit Cloud only, and ${url} is a server of your own`,
          why: 'It fails when the first call begins ("not authenticated").',
          fix: `Take ${found.join(' and ')} out.`,
        }),
  ];
}
