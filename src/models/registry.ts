import { ConfigError } from '../core/errors.js';
import { suggest } from '../core/suggest.js';
import { lowVolatility } from './baselines/low-volatility.js';
import { momentum } from './baselines/momentum.js';
import { reversal } from './baselines/reversal.js';
import { ridge } from './baselines/ridge.js';
import type { Forecaster, JsonValue } from './forecaster.js';
import { foundation } from './foundation/forecaster.js';
import { lightgbm } from './ranker/lightgbm.js';

export type ForecasterParams = Readonly<Record<string, JsonValue>>;

/** Makes a forecaster of its parameters; it refuses those it does not know (ConfigError). */
export type ForecasterFactory = (params: ForecasterParams) => Forecaster;

/** Kinds of models by name. To add one, write a file that exports its factory and list it here. */
export const FORECASTERS: Readonly<Record<string, ForecasterFactory>> = {
  momentum: withoutParams('momentum', momentum),
  reversal: withoutParams('reversal', reversal),
  'low-volatility': withoutParams('low-volatility', lowVolatility),
  ridge: (params) => ridge(params),
  lightgbm: (params) => lightgbm(params),
  foundation: (params) => foundation(params),
};

/** @throws ConfigError `UNKNOWN_FORECASTER`, or the factory's own for its parameters */
export function createForecaster(name: string, params: ForecasterParams = {}, registry: Readonly<Record<string, ForecasterFactory>> = FORECASTERS): Forecaster {
  if (Object.hasOwn(registry, name)) return registry[name](params);
  const names = Object.keys(registry);
  const near = suggest(name, names);
  throw new ConfigError(`expected one of the forecasters ${names.join(', ')}, found "${name}"${near === null ? '' : `; did you mean "${near}"?`}`, { code: 'UNKNOWN_FORECASTER', fields: { name } });
}

function withoutParams(name: string, make: () => Forecaster): ForecasterFactory {
  return (params) => {
    const unknown = Object.keys(params);
    if (unknown.length > 0) throw new ConfigError(`expected no parameters, found "${unknown.join('", "')}" in those of ${name}`, { code: 'UNKNOWN_PARAMETER', fields: { forecaster: name, unknown } });
    return make();
  };
}
