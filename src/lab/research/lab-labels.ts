import { ConfigError } from '../../core/errors.js';
import { forwardLabels, type ForwardLabelOptions } from '../../dataset/labels/forward-labels.js';
import type { LabelMarket } from '../../dataset/labels/label-market.js';
import type { Labels } from '../../dataset/labels/labels.js';
import { tripleBarrierLabels, type TripleBarrierOptions } from '../../dataset/labels/triple-barrier.js';

/** What is to be foretold: returns (`horizon`, `residual`, `rank`), or which barrier is met first (`barriers`). */
export type LabelOptions = ForwardLabelOptions | (Pick<TripleBarrierOptions, 'horizon'> & { readonly barriers: Omit<TripleBarrierOptions, 'horizon'> });

const KNOWN = ['horizon', 'residual', 'rank', 'missingExit', 'barriers'];

/** @throws ConfigError for an option that does not exist: a slip must not silently give other labels */
export function makeLabels(market: LabelMarket, options: LabelOptions): Labels {
  const unknown = Object.keys(options).filter((name) => !KNOWN.includes(name));
  if (unknown.length > 0) throw new ConfigError(`expected the options ${KNOWN.join(', ')} of labels, found ${unknown.map((name) => `"${name}"`).join(', ')}`, { code: 'UNKNOWN_OPTION', fields: { unknown } });
  if ('barriers' in options) return tripleBarrierLabels(market, { horizon: options.horizon, ...options.barriers });
  if (options.residual !== undefined && options.residual !== 'market' && options.residual !== 'sector') throw new ConfigError(`expected residual "market" or "sector", found "${String(options.residual)}"`, { code: 'UNKNOWN_OPTION', fields: { residual: options.residual } });
  return forwardLabels(market, options);
}
