import type { Strategy } from '../strategy.js';
import { SIZING_FEATURES } from '../top-ranked/candidates.js';
import { decideTopRanked } from '../top-ranked/decide.js';
import type { Signal } from '../top-ranked/signal.js';
import type { MomentumConfig } from './config.js';

/** 12-1 momentum: the return from 252 to 21 sessions ago (Jegadeesh and Titman, 1993). */
export function momentum(config: MomentumConfig): Strategy {
  const signal = momentumSignal(config);
  return {
    name: 'momentum',
    describe: `12-1 momentum, best ${config.top}, sized by ${config.sizing.method} to ${config.targetVolatility} annualized volatility`,
    lookback: signal.lookback,
    features: [...signal.features, ...SIZING_FEATURES],
    decide: (view, book) => decideTopRanked(view, book, config, signal),
  };
}

function momentumSignal({ minMomentum }: MomentumConfig): Signal {
  return {
    features: ['momentum-12-1'],
    lookback: 253,
    opinions: (view) => view.eligibleFeature('momentum-12-1'),
    lacking: 'no comparable price 252 or 21 sessions ago',
    order: (_, { opinion }) => ({
      scores: opinion,
      madeOf: (at) => ({ code: 'momentum', values: { return: opinion[at] } }),
      refusal: (at) => (opinion[at] > minMomentum ? null : `momentum at or below ${minMomentum}`),
    }),
    evidence: () => [],
  };
}
