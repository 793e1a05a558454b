import { fileURLToPath } from 'node:url';
import { build } from 'tsup';
import { buildPage, BUILT_DIR } from './build-page.js';

/**
 * Builds page and server into one folder that needs nothing but Node: `PAGE_FOLDER=dist/page node dist/server.mjs`. For
 * the image, which has no packages in it.
 */
async function main(): Promise<void> {
  console.log(`page: ${await buildPage()}`);
  await build({
    config: false,
    entry: { server: fileURLToPath(new URL('./main.ts', import.meta.url)) },
    outDir: BUILT_DIR,
    outExtension: () => ({ js: '.mjs' }),
    format: 'esm',
    target: 'node20',
    platform: 'node',
    // Everything but the page's builder, which only a page that is not built yet needs.
    noExternal: [/^(?!vite$)/],
    external: ['vite'],
    // What was CommonJS asks for Node's own modules in its own way.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    splitting: false,
    silent: true,
  });
  console.log(`server: ${BUILT_DIR}/server.mjs`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
