import { z } from 'zod';
import { defineFault } from './fault.js';

const types = z.array(z.string()).min(1);

/** Events of the protocol that are not quite right. */
export const alteredFaults = [
  defineFault({
    name: 'duplicate-events',
    about: 'Sends each event of these types twice.',
    params: { types },
    hooks: (params) => ({
      start: (target) => target.alter(params.types, (event) => [event, event]),
    }),
  }),
  defineFault({
    name: 'missing-field',
    about: 'Leaves a field out of each event of these types.',
    params: { types, field: z.string().min(1) },
    hooks: (params) => ({
      start: (target) =>
        target.alter(params.types, (event) => [
          Object.fromEntries(Object.entries(event).filter(([name]) => name !== params.field)),
        ]),
    }),
  }),
  defineFault({
    name: 'wrong-field',
    about: 'Puts a value into a field of each event of these types, such as an id nobody knows.',
    params: { types, field: z.string().min(1), value: z.json() },
    hooks: (params) => ({
      start: (target) =>
        target.alter(params.types, (event) => [{ ...event, [params.field]: params.value }]),
    }),
  }),
  defineFault({
    name: 'odd-audio',
    about: 'Audio whose length is no whole number of samples: each piece has lost its last byte.',
    params: {},
    hooks: () => ({
      start: (target) =>
        target.alter(['response.output_audio.delta'], (event) => {
          const delta: unknown = Reflect.get(event, 'delta');
          const audio = Buffer.from(typeof delta === 'string' ? delta : '', 'base64');
          return [{ ...event, delta: audio.subarray(0, -1).toString('base64') }];
        }),
    }),
  }),
] as const;
