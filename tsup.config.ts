import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/**/*.ts'],
  outDir: 'dist',
  format: 'esm',
  target: 'node20',
  // One output file a source file: a bundle would hoist the plugins' imports above config.ts, and the
  // plugins read their keys from the environment when they are imported.
  bundle: false,
  sourcemap: true,
  clean: true,
});
