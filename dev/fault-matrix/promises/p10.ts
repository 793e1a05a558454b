import type { Checker } from './checker.js';

/** A room token: whoever has it is in the room. */
const TOKEN = /eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/;

export const p10: Checker = {
  name: 'P10',
  promise: 'No secret in any log, error, event, record or page.',
  applies: () => true,
  broken: ({ texts, secrets }) =>
    Object.entries(texts).flatMap(([place, text]) => [
      ...secrets
        .filter(({ value }) => text.includes(value))
        .map(({ name }) => `${name} is in ${place}`),
      ...(TOKEN.test(text) ? [`a room token is in ${place}`] : []),
    ]),
};
