import { SESSIONS_PER_YEAR } from '../../core/sessions-per-year.js';
import { driverValues } from '../driver-values.js';
import type { Evidence } from '../evidence.js';
import { gathered, valuesOf } from '../gathered.js';
import type { Strategy } from '../strategy.js';
import type { Candidates } from '../top-ranked/candidate.js';
import { SIZING_FEATURES } from '../top-ranked/candidates.js';
import { decideTopRanked } from '../top-ranked/decide.js';
import type { Ordering, Signal } from '../top-ranked/signal.js';
import type { Forecast, MarketView } from '../view.js';
import type { PriorityConfig } from './config.js';
import { priorityColumns, speaksFor } from './priority-score.js';

/** Holds the names of the highest priority: the score of the model first, then how sure it is, liquidity, calm and signals that agree. */
export function priorityStrategy(config: PriorityConfig): Strategy {
  const signal = prioritySignal(config);
  return {
    name: 'priority',
    describe: `best ${config.top} by priority, sized by ${config.sizing.method} to ${config.targetVolatility} annualized volatility`,
    lookback: signal.lookback,
    features: [...new Set([...SIZING_FEATURES, ...signal.features])],
    decide: (view, book) => decideTopRanked(view, book, config, signal),
  };
}

function prioritySignal(config: PriorityConfig): Signal {
  const { signals } = config;
  return {
    features: signals.map(({ feature }) => feature),
    lookback: 265, // a year of the signals and of correlations, and room for bars that lack where history begins
    opinions: (view) => valuesOf(eligibleForecasts(view), (forecast) => forecast?.score ?? Number.NaN),
    lacking: 'the model has no score for it',
    order: (view, candidates) => orderByPriority(view, candidates, config),
    evidence(view, symbol) {
      const { drivers, rest, score, model, remarks = [] } = view.forecast(symbol)!;
      const others: Evidence[] = rest === null || drivers.length === 0 ? [] : [{ code: 'other-features', values: { rest, score } }];
      const own: Evidence[] = drivers.length === 0 ? [{ code: 'model-rank', values: { model, score } }] : [];
      return [...own, ...drivers.map((driver): Evidence => ({ code: 'driver', values: driverValues(driver) })), ...others, ...remarks, ...signalEvidence(view, symbol, config)];
    },
  };
}

const FORECASTS = {};

/** What the model says about the eligible, `null` where it says nothing, [eligible]. */
function eligibleForecasts(view: MarketView): readonly (Forecast | null)[] {
  return view.once(FORECASTS, () => view.eligible.map((symbol) => view.forecast(symbol)));
}

function orderByPriority(view: MarketView, { places, opinion, volatility, dollarVolume }: Candidates, config: PriorityConfig): Ordering {
  const all = eligibleForecasts(view);
  const forecasts: Forecast[] = [];
  for (const place of places) forecasts.push(all[place]!);
  const signals = config.signals.map(({ feature }) => gathered(view.eligibleFeature(feature), 0, places));
  const uncertainty = valuesOf(forecasts, (forecast, at) => relativeWidth(forecast, volatility[at]));
  const found = priorityColumns({ score: opinion, uncertainty, dollarVolume, volatility, signals }, config);
  const refusal = `its rank adds ${config.minEdge} or less to the expected return`;
  return {
    scores: found.value,
    madeOf(at) {
      const { value, score, ...parts } = found;
      return { code: 'priority', values: { priority: value[at], score: score[at], uncertainty: parts.uncertainty[at], liquidity: parts.liquidity[at], volatility: parts.volatility[at], signals: parts.signals[at] } };
    },
    refusal(at) {
      const { edge } = forecasts[at];
      return edge !== null && !(edge > config.minEdge) ? refusal : null;
    },
  };
}

/** Width of the interval in own deviations of the return over its horizon; NaN where there is none. */
function relativeWidth({ interval, horizon }: Forecast, volatility: number): number {
  return interval === null ? Number.NaN : (interval[1] - interval[0]) / (volatility * Math.sqrt(horizon / SESSIONS_PER_YEAR));
}

function signalEvidence(view: MarketView, symbol: string, { signals }: PriorityConfig): Evidence[] {
  return signals.flatMap((signal): Evidence[] => {
    const value = view.feature(signal.feature, symbol);
    if (speaksFor(signal, value) !== true) return [];
    return [{ code: 'signal', values: { feature: signal.feature, value, ...(signal.above === undefined ? {} : { above: signal.above }), ...(signal.below === undefined ? {} : { below: signal.below }) } }];
  });
}
