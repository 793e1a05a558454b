/** The variables that have no default, as they might stand on a machine. */
export const complete = {
  LIVEKIT_URL: 'ws://127.0.0.1:7880',
  LIVEKIT_API_KEY: 'APIofATest',
  LIVEKIT_API_SECRET: 'a-secret-of-a-test-that-is-long-enough',
  OPENAI_API_KEY: 'sk-of-a-test',
};
