import { z } from 'zod';

/** How variables of a kind are written, and what is said of one that is not. Each is text in the environment. */

const NAME = /^[\w.:-]{1,128}$/;

const required = () =>
  z.string({ error: ({ input }) => (input === undefined ? 'is not set' : 'is not text') });
/** A line break from the file it was copied out of would fail every request, each with words about headers. */
export const key = () => required().regex(/^\S+$/, 'has a space or a line break in it');
export const name = () => z.string().regex(NAME, 'has characters that no such name has');
export const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `is none of ${values.join(', ')}` });
export const number = (min: number, max: number) =>
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/, 'is not a number')
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must lie within ${min} and ${max}`);
export const wholeNumber = (min: number, max: number) =>
  number(min, max).refine((value) => Number.isInteger(value), 'must be a whole number');
export const url = (schemes: RegExp, problem: string) =>
  required().refine((text) => URL.canParse(text) && schemes.test(new URL(text).protocol), problem);

export const yesOrNo = () => oneOf(['true', 'false']).transform((text) => text === 'true');
