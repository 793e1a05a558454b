import type { Machine } from '../../../../dev/stack/livekit/machine.js';

/** A machine on which only what is listed exists. */
export interface FakeMachineParts {
  readonly env?: Readonly<Record<string, string>>;
  /** Paths of programs that can be run. */
  readonly programs?: readonly string[];
  /** What commands print, by their whole command line. Others fail. */
  readonly answers?: Readonly<Record<string, string>>;
}

export const CACHED_SERVER = '/cache/livekit-server/v1.13.5-linux-x64/livekit-server';

export function fakeMachine({ env = {}, programs = [], answers = {} }: FakeMachineParts): Machine {
  return {
    env: { PATH: '/usr/local/bin:/usr/bin', ...env },
    platform: 'linux',
    arch: 'x64',
    cacheDir: '/cache',
    isExecutable: async (path) => programs.includes(path),
    ask: async (command, args) => answers[[command, ...args].join(' ')] ?? null,
  };
}
