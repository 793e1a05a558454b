import { readdirSync } from 'node:fs';
import type { NoticeFiles, NoticeLanguages } from '../lifecycle/index.js';

/** Where the clips lie: beside the agent, wherever it is started from. */
const CLIPS = new URL('../../clips/', import.meta.url);

/** What the caller hears when the model cannot speak, in every language there is a folder of clips for. */
export function notices(folder: URL = CLIPS): NoticeLanguages {
  const languages = readdirSync(folder, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  return {
    files: Object.fromEntries(
      languages.map(({ name }): [string, NoticeFiles] => [
        name,
        {
          oneMoment: new URL(`${name}/one-moment.wav`, folder),
          lost: new URL(`${name}/lost.wav`, folder),
        },
      ]),
    ),
    fallback: 'en',
  };
}

/** The language that a call is held in. */
export function languageOf({ plan }: { readonly plan: { readonly language: string } }): string {
  return plan.language;
}
