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
    about:
      'Cuts the audio in the middle of samples: each piece has an odd number of bytes. None is lost but the last.',
    params: {},
    hooks: () => ({
      start: (target) => {
        let rest = Buffer.alloc(0);
        return target.alter(['response.output_audio.delta'], (event) => {
          const delta: unknown = Reflect.get(event, 'delta');
          const piece = Buffer.from(typeof delta === 'string' ? delta : '', 'base64');
          const audio = Buffer.concat([rest, piece]);
          const length = audio.length % 2 === 0 ? audio.length - 1 : audio.length;
          rest = audio.subarray(length);
          return [{ ...event, delta: audio.subarray(0, length).toString('base64') }];
        });
      },
    }),
  }),
] as const;
