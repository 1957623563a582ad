import { DataError } from '../../../core/errors.js';
import type { Native, NumberArray } from './native.js';

/**
 * Nothing when a call ended well.
 * @throws DataError `LIGHTGBM_CALL` with LightGBM's own words
 */
export function requireSuccess(native: Native, status: number, what: string): void {
  if (status === 0) return;
  const reason = native.LGBM_GetLastError().trim();
  throw new DataError(`expected LightGBM to ${what}, found "${reason}"`, { code: 'LIGHTGBM_CALL', fields: { what, reason } });
}

/** LightGBM's number of an array's type. */
export function typeOf(values: NumberArray): number {
  if (values instanceof Float32Array) return 0;
  return values instanceof Float64Array ? 1 : 2;
}

export type ParameterValue = string | number | boolean | readonly (string | number)[];

/** LightGBM's parameters by its own names. */
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** As LightGBM reads them: `name=value name=value`, lists with commas. */
export function parameterText(parameters: Parameters): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${Array.isArray(value) ? value.join(',') : String(value)}`)
    .join(' ');
}
