import type { TextModelOptions } from '../report/text-model.js';
import { drawInThread } from '../pdf/draw-in-thread.js';
import { afterCallWriter } from '../report/after-call.js';
import { RecordKeeper, type KeeperOptions } from './record-keeper.js';

export { RecordKeeper, type KeeperOptions } from './record-keeper.js';

/** A keeper that asks a text model for reports, and draws them as PDF. */
export function recordKeeper({
  textModel,
  ...options
}: Omit<KeeperOptions, 'writeReport' | 'drawPages'> & {
  readonly textModel: TextModelOptions;
}): RecordKeeper {
  return new RecordKeeper({
    ...options,
    writeReport: afterCallWriter(textModel),
    drawPages: (document, signal) => drawInThread(document, signal),
  });
}
