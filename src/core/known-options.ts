import { ConfigError } from './errors.js';
import { suggest } from './suggest.js';

/**
 * Nothing when an object has no other keys than these: in a notebook, where nobody checks types, a slip would otherwise
 * silently do nothing.
 * @param where what takes the options, as errors name it
 * @throws ConfigError `UNKNOWN_OPTION` naming the nearest known one
 */
export function requireKnownOptions(options: object, known: readonly string[], where: string): void {
  const unknown = Object.keys(options).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const near = suggest(unknown[0], known);
  throw new ConfigError(`expected the options ${known.join(', ')} of ${where}, found ${unknown.map((name) => `"${name}"`).join(', ')}${near === null ? '' : `; did you mean "${near}"?`}`, { code: 'UNKNOWN_OPTION', fields: { where, unknown } });
}
