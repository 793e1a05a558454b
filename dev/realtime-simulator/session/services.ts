import type { Connection } from '../connection.js';
import type { Speak } from '../options.js';
import type { SessionSettings } from '../protocol/session-settings.js';
import type { Scenario } from '../scenario.js';
import { scenarioFor } from '../script.js';
import type { Conversation } from './conversation.js';
import type { Pace } from './pace.js';

/** What all sessions of one simulator share. */
export interface Services {
  readonly scenarios: readonly Scenario[];
  readonly speak: Speak;
  readonly pace: Pace;
}

/** One session, as its parts see it. */
export interface SessionView {
  readonly connection: Connection;
  readonly conversation: Conversation;
  readonly services: Services;
  readonly settings: SessionSettings;
}

/** The scenario of the language the session transcribes; English if it says none. */
export function scenarioOf(session: SessionView): Scenario | undefined {
  const { transcription } = session.settings.audio.input;
  return scenarioFor(session.services.scenarios, transcription?.language);
}
