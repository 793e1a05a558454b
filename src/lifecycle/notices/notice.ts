import { CallError } from '../errors.js';
import { readClip } from './clip.js';
import type { Pcm } from './wav.js';

/**
 * What the caller is told when the model cannot speak.
 *
 * - `oneMoment`: the model is silent for too long, and may come back.
 * - `lost`: the model is gone for good, and the call ends.
 */
export type NoticeName = 'oneMoment' | 'lost';

/** The clips of one language: mono WAV files. */
export type NoticeFiles = Readonly<Record<NoticeName, string | URL>>;

/** The clips of one language, ready to be played. */
export type NoticeClips = Readonly<Record<NoticeName, Pcm>>;

/** All languages there are clips in. */
export interface NoticeLanguages {
  /** By language, such as "en" or "pt-BR". */
  readonly files: Readonly<Record<string, NoticeFiles>>;
  /** Spoken when there are no clips in a call's language. */
  readonly fallback: string;
}

/**
 * Reads every clip, once, when the process starts: what is missing is told then, and not to a caller.
 *
 * @throws {CallError} `UNREADABLE_CLIP`
 */
export function readNotices({ files, fallback }: NoticeLanguages): NoticeLibrary {
  const clips = new Map(
    Object.entries(files).map(([language, { oneMoment, lost }]): [string, NoticeClips] => [
      language,
      { oneMoment: readClip(oneMoment), lost: readClip(lost) },
    ]),
  );
  const spoken = clips.get(fallback);
  if (spoken === undefined) {
    throw new CallError(`there are no clips in the fallback language "${fallback}"`, {
      code: 'UNREADABLE_CLIP',
      fault: 'application',
      remedy: `Add clips in "${fallback}", or choose another fallback: ${[...clips.keys()].join(', ')}.`,
    });
  }
  return new NoticeLibrary(clips, spoken);
}

/** The clips of all languages. */
export class NoticeLibrary {
  readonly #clips: ReadonlyMap<string, NoticeClips>;
  readonly #fallback: NoticeClips;

  constructor(clips: ReadonlyMap<string, NoticeClips>, fallback: NoticeClips) {
    this.#clips = clips;
    this.#fallback = fallback;
  }

  /** Those of a language; "pt-BR" finds "pt", and a language without clips the fallback. */
  in(language: string): NoticeClips {
    return (
      this.#clips.get(language) ??
      this.#clips.get(language.split('-')[0] ?? language) ??
      this.#fallback
    );
  }
}
