import { ConfigError } from '../core/errors.js';

/**
 * The instruments that an option names, as written.
 * @throws ConfigError when it names none
 */
export function parseSymbols(text: string, option = '--symbols'): string[] {
  const symbols = text.split(',').map((symbol) => symbol.trim()).filter((symbol) => symbol !== '');
  if (symbols.length === 0) throw new ConfigError(`expected instruments separated by commas, found "${text}" in ${option}`, { code: 'NO_SYMBOLS' });
  return symbols;
}
