import type { Evidence, Strategy } from '../strategy.js';
import { SIZING_FEATURES } from '../top-ranked/candidates.js';
import { decideTopRanked } from '../top-ranked/decide.js';
import type { Signal } from '../top-ranked/signal.js';
import type { Driver } from '../view.js';
import type { ForecastStrategyConfig } from './config.js';

/** Holds the names that the model ranks best, each sized to the same volatility. */
export function forecastStrategy(config: ForecastStrategyConfig): Strategy {
  const signal = forecastSignal(config);
  return {
    name: 'forecast',
    describe: `best ${config.top} by the model's score, sized to ${config.targetVolatility} annualized volatility`,
    lookback: signal.lookback,
    features: [...SIZING_FEATURES],
    decide: (view, book) => decideTopRanked(view, book, config, signal),
  };
}

function forecastSignal({ minEdge }: ForecastStrategyConfig): Signal {
  return {
    features: [],
    lookback: 85, // 63 of the volatility that names are sized by, and room for bars that lack where history begins
    score: (view, symbol) => view.forecast(symbol)?.score ?? Number.NaN,
    lacking: 'the model has no score for it',
    refusal(view, symbol) {
      const edge = view.forecast(symbol)?.edge ?? null;
      return edge !== null && !(edge > minEdge) ? `its rank adds ${minEdge} or less to the expected return` : null;
    },
    evidence(view, symbol, { rank, of }) {
      const { model, score, drivers, rest } = view.forecast(symbol)!;
      const others: Evidence[] = rest === null || drivers.length === 0 ? [] : [{ code: 'other-features', values: { rest, score } }];
      return [{ code: 'model-rank', values: { model, score, rank, of } }, ...drivers.map(driverEvidence), ...others];
    },
  };
}

function driverEvidence({ feature, value, rank, contribution }: Driver): Evidence {
  return { code: 'driver', values: { feature, contribution, ...(value === null ? {} : { value }), ...(rank === null ? {} : { rank }) } };
}
