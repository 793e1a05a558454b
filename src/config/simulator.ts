/** What the simulator takes for a key unless it is told another. */
const SIMULATOR_KEY = 'sk-simulator';

/**
 * Without a key for the real model, the simulator at `SIMULATOR_URL` speaks, if there is one: so that one variable, the key,
 * turns a stack that was tried out into one that is used.
 */
export function withSimulator(
  given: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const { OPENAI_API_KEY: apiKey, SIMULATOR_URL: simulator } = given;
  return apiKey !== undefined || simulator === undefined
    ? given
    : {
        ...given,
        OPENAI_API_KEY: SIMULATOR_KEY,
        OPENAI_BASE_URL: `${simulator.replace(/\/+$/, '')}/v1`,
        SIMULATED_MODEL: 'true',
      };
}
