import { shippedScenario } from '../realtime-simulator/scenario.js';
import { loadInterviews } from '../../src/interview/load-interviews.js';
import type { DemoArgs } from './args.js';

/**
 * The language of the interview that is asked for, once it is sure that the scripted caller has lines in it.
 *
 * @throws Error that says what to ask for instead; ConfigError when there is no such interview.
 */
export function languageOfCall({
  interview,
  language,
}: Pick<DemoArgs, 'interview' | 'language'>): string {
  const dir = process.env['INTERVIEWS_DIR'] ?? 'interviews';
  const spoken = loadInterviews({ dir, defaultId: interview }).get(interview)?.language ?? language;
  try {
    return shippedScenario(spoken).language;
  } catch (cause) {
    throw new Error(
      `The interview "${interview}" is held in "${spoken}", and the scripted caller has no lines in it. ` +
        `Add dev/realtime-simulator/scenarios/NAME.${spoken}.yaml, or open the page instead: npm run demo.`,
      { cause },
    );
  }
}
