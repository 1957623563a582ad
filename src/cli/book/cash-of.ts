import { ConfigError } from '../../core/errors.js';
import type { Cents } from '../../portfolio/cents.js';
import { parseCash } from './parse-account.js';

/**
 * The cash of an account, from its file or the option; `null` when neither says.
 * @throws ConfigError when both do, or the option is no amount
 */
export function cashOf(inFile: Cents | null, option: string | undefined): Cents | null {
  if (option === undefined) return inFile;
  const given = parseCash(option);
  if (given === null) throw new ConfigError(`expected an amount such as 12345.67, found "${option}" in --cash`, { code: 'BAD_CASH', fields: { option } });
  if (inFile !== null) throw new ConfigError('expected the cash once, found it in the line CASH and in --cash', { code: 'BAD_CASH' });
  return given;
}
