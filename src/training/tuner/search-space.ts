import { ConfigError } from '../../core/errors.js';
import { suggest } from '../../core/suggest.js';

/** A value that a parameter may have, as plain JSON. */
export type SpaceValue = string | number | boolean | null | readonly SpaceValue[] | { readonly [key: string]: SpaceValue };

/** Values that one parameter may take, as plain JSON. */
export type Dimension =
  /** Any number from the first to the second. */
  | { readonly range: readonly [number, number] }
  /** The same, each power of ten as likely as the next. */
  | { readonly log: readonly [number, number] }
  /** Whole numbers, both ends included. */
  | { readonly integer: readonly [number, number] }
  /** One of these. */
  | { readonly choice: readonly SpaceValue[] };

/** What is searched: parameters by name. */
export type SearchSpace = Readonly<Record<string, Dimension>>;

/** One point of a space. */
export type TrialParams = Readonly<Record<string, SpaceValue>>;

const KINDS = ['range', 'log', 'integer', 'choice'] as const;

/**
 * A space as it came from a file or a notebook.
 * @param where names the place in errors
 * @throws ConfigError `BAD_SPACE` naming the parameter
 */
export function parseSpace(value: unknown, where = 'the search space'): SearchSpace {
  if (!isObject(value) || Object.keys(value).length === 0) throw bad(where, 'parameters by name, such as { "rate": { "log": [0.0001, 0.01] } }', value);
  return Object.fromEntries(Object.entries(value).map(([name, dimension]) => [name, parseDimension(dimension, `"${name}" of ${where}`)]));
}

function parseDimension(value: unknown, where: string): Dimension {
  const keys = isObject(value) ? Object.keys(value) : [];
  if (!isObject(value) || keys.length !== 1) throw bad(where, `one of ${KINDS.join(', ')}, such as { "range": [0, 0.5] }`, value);
  const [kind] = keys;
  const inside = value[kind];
  switch (kind) {
    case 'choice':
      if (!Array.isArray(inside) || inside.length === 0) throw bad(where, 'a list of at least one value as choice', inside);
      return { choice: inside as SpaceValue[] };
    case 'range':
      return { range: bounds(inside, where, { expected: 'two finite numbers, the second the larger, as range', isBound: Number.isFinite }) };
    case 'log':
      return { log: bounds(inside, where, { expected: 'two finite numbers above 0, the second the larger, as log', isBound: (bound) => Number.isFinite(bound) && bound > 0 }) };
    case 'integer':
      return { integer: bounds(inside, where, { expected: 'two whole numbers, the second the larger, as integer', isBound: Number.isSafeInteger }) };
    default: {
      const near = suggest(kind, KINDS);
      throw bad(where, `one of ${KINDS.join(', ')}`, kind, near === null ? '' : `; did you mean "${near}"?`);
    }
  }
}

function bounds(value: unknown, where: string, { expected, isBound }: { readonly expected: string; readonly isBound: (bound: number) => boolean }): readonly [number, number] {
  const isPair = Array.isArray(value) && value.length === 2 && value.every((bound) => typeof bound === 'number' && isBound(bound)) && (value[0] as number) < (value[1] as number);
  if (!isPair) throw bad(where, expected, value);
  return [value[0] as number, value[1] as number];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

function bad(where: string, expected: string, found: unknown, hint = ''): ConfigError {
  return new ConfigError(`expected ${expected}, found ${JSON.stringify(found) ?? 'nothing'} for ${where}${hint}`, { code: 'BAD_SPACE', fields: { where } });
}
