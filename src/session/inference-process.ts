import { InferenceRunner } from '@livekit/agents';
import type { Config } from '../config/schema.js';
import { multilingualWeightsExist } from './multilingual-weights.js';

/** The framework's names of what its inference process can run (agents 1.9.0). */
const BUNDLED = 'lk_eot_audio';
const ENGLISH = 'lk_end_of_utterance_en';

/**
 * Decides what LiveKit's inference process runs. It is one for the worker and all its calls, and is started
 * with the worker: so this has to be called by the module that the worker runs, before `cli.runApp`.
 *
 * With `server_vad` nothing ever asks it, and it takes 330 MB; as long as something of the bundled detector's
 * name is registered, and nothing can be listed, the framework starts no process (self-hosting facts, section
 * 7). With `local` the framework adds the bundled detector by itself; the multilingual one is added when it
 * can be loaded.
 */
export async function prepareInference({ turnDetection }: Config): Promise<void> {
  if (turnDetection.by === 'server_vad') {
    Object.defineProperty(InferenceRunner.registeredRunners, BUNDLED, {
      value: 'off',
      enumerable: false,
      configurable: true,
    });
  } else if (multilingualWeightsExist()) {
    await import('@livekit/agents-plugin-livekit');
    // Importing the plugin registers its English detector, too, which nobody asks.
    Reflect.deleteProperty(InferenceRunner.registeredRunners, ENGLISH);
  }
}
