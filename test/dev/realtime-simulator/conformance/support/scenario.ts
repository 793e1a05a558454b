import type { Scenario } from '../../../../../dev/realtime-simulator/index.js';

/** A spoken turn, a tool call, and a reply that is long enough to be interrupted. */
export const scenario = {
  language: 'en',
  voice: 'slt',
  greeting: 'Hello, this is a test.',
  turns: [
    { hears: 'What can you do?', says: 'I can look up the weather.', interrupt: false },
    {
      hears: 'How is the weather in Paris?',
      calls: { name: 'get_weather', arguments: { city: 'Paris' } },
      says: 'It is {output.sky} in Paris.',
      interrupt: false,
    },
    {
      hears: 'Tell me a story.',
      says:
        'Once upon a time there was a boat on a very wide sea. It sailed for a hundred days and a hundred nights. ' +
        'Nobody on board knew where they were going, and nobody minded.',
      interrupt: true,
    },
    { hears: 'Please stop.', says: 'I have stopped.', interrupt: false },
  ],
  fallback: 'There is no more in this script.',
} as const satisfies Scenario;

export const [SKILLS, WEATHER, STORY, STOP] = scenario.turns;
