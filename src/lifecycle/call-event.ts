/** What happens in a call that is neither a state nor trouble with the model; for journals, metrics and alarms. */
export type CallEvent =
  /** The caller is gone, for the reason `why`; they are waited for, `graceMs` long. */
  | { readonly type: 'caller-away'; readonly why: string; readonly graceMs: number }
  /** They came back after `awayMs`; the same call goes on. */
  | { readonly type: 'caller-back'; readonly awayMs: number }
  /** The caller says nothing: they were spoken to for the `number`th time of `of`. */
  | { readonly type: 'caller-nudged'; readonly number: number; readonly of: number }
  /** The caller answers in writing; the text follows as an utterance. */
  | { readonly type: 'caller-typed' }
  /** The model was told that `leftMs` are left. */
  | { readonly type: 'time-hint'; readonly leftMs: number }
  /** The model's connection was closed in good time and opened again, `downMs` later; nothing was wrong. */
  | { readonly type: 'model-renewed'; readonly downMs: number }
  /** Our own connection to LiveKit was lost, and is back after `downMs`. */
  | { readonly type: 'livekit-back'; readonly downMs: number };
