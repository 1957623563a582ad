import { ConfigError } from '../../core/errors.js';
import { rankScaler } from './rank-scaler.js';
import { robustScaler } from './robust-scaler.js';
import type { FittedScaler, SavedScaler, Scaler } from './scaler.js';
import { standardScaler } from './standard-scaler.js';
import { winsorScaler } from './winsor-scaler.js';

/** Ways to bring features to one scale. To add one, write a file beside and list it here. */
export const SCALERS: readonly Scaler[] = [standardScaler(), robustScaler(), winsorScaler(), rankScaler()];

/** @throws ConfigError `UNKNOWN_SCALER` */
export function scaler(name: string): Scaler {
  const found = SCALERS.find((one) => one.name === name);
  if (!found) throw new ConfigError(`expected one of the scalers ${SCALERS.map((one) => one.name).join(', ')}, found "${name}"`, { code: 'UNKNOWN_SCALER', fields: { name } });
  return found;
}

/**
 * The fitted scaler that was saved; what it learnt needs none of the settings by which it learnt.
 * @throws ConfigError `UNKNOWN_SCALER`; InvariantError `BAD_SCALER` when it is damaged
 */
export function loadScaler(saved: SavedScaler): FittedScaler {
  return scaler(saved.scaler).load(saved);
}
