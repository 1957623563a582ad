import { ConfigError } from '../../core/errors.js';

/** @throws ConfigError `BAD_SPLIT` unless the setting is a whole number, at least `min` */
export function requireWhole(splitter: string, setting: string, value: number, min: number): void {
  if (!(Number.isSafeInteger(value) && value >= min)) throw badSplit(splitter, `a whole number of at least ${min} as ${setting}`, String(value));
}

export function badSplit(splitter: string, expected: string, found: string): ConfigError {
  return new ConfigError(`expected ${expected}, found ${found} in ${splitter}`, { code: 'BAD_SPLIT', fields: { splitter, expected, found } });
}
