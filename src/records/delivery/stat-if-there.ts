import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { hasCode } from '../files.js';

/** Undefined when there is no such file. */
export async function statIfThere(file: string): Promise<Stats | undefined> {
  try {
    return await stat(file);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) {
      return undefined;
    }
    throw error;
  }
}
