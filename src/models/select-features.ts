import { DataError } from '../core/errors.js';
import type { Samples } from '../dataset/samples.js';
import { sharedFloat32 } from '../dataset/shared-array.js';

/**
 * The same samples with exactly these features, in this order; the samples themselves where they already are so.
 * @throws DataError `MISSING_FEATURES`, naming them
 */
export function selectFeatures(samples: Samples, features: readonly string[], where: string): Samples {
  if (sameNames(samples.features, features)) return samples;
  const columns = features.map((name) => samples.features.indexOf(name));
  const missing = features.filter((_, at) => columns[at] === -1);
  if (missing.length > 0) throw unlike(samples, features, where, { what: `without ${quoted(missing)}`, code: 'MISSING_FEATURES' });
  const { length } = samples;
  const x = sharedFloat32(length * features.length); // [feature, sample]
  columns.forEach((from, to) => x.set(samples.x.subarray(from * length, (from + 1) * length), to * length));
  return { ...samples, features, x, ...(samples.background ? { background: samples.background.select(features) } : {}) };
}

/**
 * Nothing when the samples have exactly these features in this order.
 * @throws DataError `MISSING_FEATURES`, `OTHER_FEATURES` (more than these) or `ORDER_OF_FEATURES`
 */
export function requireFeatures(samples: Samples, features: readonly string[], where: string): void {
  if (sameNames(samples.features, features)) return;
  const missing = features.filter((name) => !samples.features.includes(name));
  if (missing.length > 0) throw unlike(samples, features, where, { what: `without ${quoted(missing)}`, code: 'MISSING_FEATURES' });
  const more = samples.features.filter((name) => !features.includes(name));
  if (more.length > 0) throw unlike(samples, features, where, { what: `with ${quoted(more)} as well`, code: 'OTHER_FEATURES' });
  throw unlike(samples, features, where, { what: 'with these in another order', code: 'ORDER_OF_FEATURES' });
}

function unlike(samples: Samples, expected: readonly string[], where: string, { what, code }: { what: string; code: string }): DataError {
  return new DataError(`expected samples with ${quoted(expected)}, found samples ${what} in ${where}`, { code, fields: { expected, found: samples.features } });
}

const sameNames = (one: readonly string[], other: readonly string[]): boolean => one.length === other.length && one.every((name, at) => name === other[at]);

/** The first few names: a message of 150 names is not read. */
function quoted(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => `"${name}"`).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
