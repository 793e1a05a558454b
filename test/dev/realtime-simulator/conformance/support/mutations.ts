/** An event with one thing wrong in it. */
export interface Mutation {
  /** Where: `item.content.*.type`. */
  readonly path: string;
  readonly event: unknown;
}
/** What may be put in a value's place; the key is left out for undefined. */
type Change = (value: unknown) => readonly unknown[];

/** Maps whose keys are the client's own. */
const FREE_MAPS = ['metadata', 'parameters'];

export const withoutKey = (event: object): Mutation[] => changed(event, [], () => [undefined]);

export const withWrongType = (event: object): Mutation[] =>
  changed(event, [], (value) => {
    if (typeof value === 'string') {
      return [true];
    }
    return typeof value === 'number' || typeof value === 'boolean' ? ['1'] : [];
  });

export const withExtraKey = (event: object): Mutation[] => [
  { path: 'extra', event: { ...event, extra: 1 } },
  ...changed(event, [], (value) => (isObject(value) ? [{ ...value, extra: 1 }] : [])),
];

/** Each value in the event, however deep, changed once. */
function changed(value: object, path: readonly string[], change: Change): Mutation[] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    if (FREE_MAPS.includes(key)) {
      return [];
    }
    const here = [...path, Array.isArray(value) ? '*' : key];
    const deeper = typeof inner === 'object' && inner !== null ? changed(inner, here, change) : [];
    return [
      ...(Array.isArray(value) ? [] : change(inner)).map((other) => ({
        path: here.join('.'),
        event: replaced(value, key, other),
      })),
      ...deeper.map((mutation) => ({ ...mutation, event: replaced(value, key, mutation.event) })),
    ];
  });
}

function replaced(value: object, key: string, inner: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((one: unknown, index) => (String(index) === key ? inner : one));
  }
  const others = Object.entries(value).filter(([name]) => name !== key);
  return Object.fromEntries(inner === undefined ? others : [...others, [key, inner]]);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
