import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** The revision that @livekit/agents-plugin-livekit 1.9.0 asks for; a test compares the two. */
export const MULTILINGUAL_REVISION = 'v0.4.1-intl';

const REPOSITORY = 'livekit/turn-detector';
const MODEL_FILES = ['onnx/model_q8.onnx', 'languages.json'];

/** The two places that `npx livekit-agents download-files` writes to. */
export interface WeightCaches {
  /** Hugging Face's cache: the model. */
  readonly hub: string;
  /**
   * Cache of the transformers package: the tokenizer. Inside node_modules, so a fresh `npm ci` empties it.
   */
  readonly transformers: string;
}

/**
 * Whether every file of the multilingual turn detector is on disk. All of them have to be: the worker does
 * not start when it was promised a detector that cannot be loaded.
 */
export function multilingualWeightsExist(caches: WeightCaches = defaultCaches()): boolean {
  const model = join(caches.hub, `models--${REPOSITORY.replace('/', '--')}`);
  const commit = readIfThere(join(model, 'refs', MULTILINGUAL_REVISION))?.trim();
  const files = [
    ...MODEL_FILES.map((file) => join(model, 'snapshots', commit ?? MULTILINGUAL_REVISION, file)),
    join(caches.transformers, REPOSITORY, MULTILINGUAL_REVISION, 'tokenizer.json'),
  ];
  return files.every((file) => existsSync(file));
}

function defaultCaches(): WeightCaches {
  const plugin = createRequire(import.meta.url).resolve('@livekit/agents-plugin-livekit');
  const transformers = createRequire(plugin).resolve('@huggingface/transformers');
  return {
    hub: join(homedir(), '.cache', 'huggingface', 'hub'),
    transformers: join(dirname(dirname(transformers)), '.cache'),
  };
}

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
