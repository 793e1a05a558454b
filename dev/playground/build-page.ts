import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digest, isStamped, stamp } from '../bootstrap/stamp.mjs';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = join(REPOSITORY, 'dev/playground/page');
/** Everything that is built of the page; nothing of it is committed. */
export const BUILT_DIR = join(REPOSITORY, 'dev/playground/dist');
const BUILT = join(BUILT_DIR, 'page');
/** What of the repository ends up in the page, besides the page itself. */
const SOURCES = [
  'dev/playground/page',
  'src/calls/timeline.ts',
  'src/calls/waits.ts',
  'src/records',
  'src/telemetry/panel',
  'package-lock.json',
];

/**
 * Builds the page for production, unless it was built from exactly these sources.
 *
 * @returns the folder to serve.
 * @throws Error when it does not compile.
 */
export async function buildPage(): Promise<string> {
  const file = join(BUILT, '.built');
  const wanted = digest(REPOSITORY, SOURCES);
  if (isStamped(file, wanted)) {
    return BUILT;
  }
  // Only here: a server of a page that is built needs no builder.
  const { build } = await import('vite');
  await inProduction(() =>
    build({
      configFile: false,
      root: PAGE,
      logLevel: 'warn',
      build: {
        outDir: BUILT,
        emptyOutDir: true,
        // Everything from files of its own: the page's policy allows no others.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        chunkSizeWarningLimit: 1000,
      },
    }),
  );
  stamp(file, wanted);
  return BUILT;
}

/** The builder makes what NODE_ENV says, and a test's is another one. */
async function inProduction(make: () => Promise<unknown>): Promise<void> {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    await make();
  } finally {
    if (before === undefined) {
      delete process.env['NODE_ENV'];
    } else {
      process.env['NODE_ENV'] = before;
    }
  }
}
