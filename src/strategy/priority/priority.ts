import type { Evidence } from '../evidence.js';
import type { Strategy } from '../strategy.js';
import type { Candidate } from '../top-ranked/candidate.js';
import { SIZING_FEATURES } from '../top-ranked/candidates.js';
import { decideTopRanked } from '../top-ranked/decide.js';
import type { Ordering, Signal } from '../top-ranked/signal.js';
import type { Driver, MarketView } from '../view.js';
import type { PriorityConfig } from './config.js';
import { priorities, speaksFor, type PriorityInput } from './priority-score.js';

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
  const { minEdge, signals } = config;
  return {
    features: signals.map(({ feature }) => feature),
    lookback: 265, // a year of the signals and of correlations, and room for bars that lack where history begins
    opinions: (view) => (symbol) => view.forecast(symbol)?.score ?? Number.NaN,
    lacking: 'the model has no score for it',
    order: (view, candidates) => orderByPriority(view, candidates, config),
    refusal(view, { symbol }) {
      const edge = view.forecast(symbol)?.edge ?? null;
      return edge !== null && !(edge > minEdge) ? `its rank adds ${minEdge} or less to the expected return` : null;
    },
    evidence(view, { symbol }) {
      const { drivers, rest, score, model } = view.forecast(symbol)!;
      const others: Evidence[] = rest === null || drivers.length === 0 ? [] : [{ code: 'other-features', values: { rest, score } }];
      const own: Evidence[] = drivers.length === 0 ? [{ code: 'model-rank', values: { model, score } }] : [];
      return [...own, ...drivers.map(driverEvidence), ...others, ...signalEvidence(view, symbol, config)];
    },
  };
}

function orderByPriority(view: MarketView, candidates: readonly Candidate[], config: PriorityConfig): Ordering {
  const valuesOf = config.signals.map(({ feature }) => view.featureOf(feature));
  const inputs = candidates.map((candidate): PriorityInput => ({ score: candidate.opinion, uncertainty: relativeWidth(view, candidate), dollarVolume: candidate.dollarVolume, volatility: candidate.volatility, signals: valuesOf.map((valueOf) => valueOf(candidate.symbol)) }));
  const found = priorities(inputs, config);
  return {
    scores: found.map(({ value }) => value),
    evidence(at) {
      const { value, ...parts } = found[at];
      return { code: 'priority', values: { priority: value, ...parts } };
    },
  };
}

const SESSIONS_PER_YEAR = 252;

/** Width of the interval in own deviations of the return over its horizon; NaN where there is none. */
function relativeWidth(view: MarketView, { symbol, volatility }: Candidate): number {
  const forecast = view.forecast(symbol);
  if (!forecast?.interval) return Number.NaN;
  return (forecast.interval[1] - forecast.interval[0]) / (volatility * Math.sqrt(forecast.horizon / SESSIONS_PER_YEAR));
}

function driverEvidence({ feature, value, rank, contribution, share }: Driver): Evidence {
  return { code: 'driver', values: { feature, contribution, share, ...(value === null ? {} : { value }), ...(rank === null ? {} : { rank }) } };
}

function signalEvidence(view: MarketView, symbol: string, { signals }: PriorityConfig): Evidence[] {
  return signals.flatMap((signal): Evidence[] => {
    const value = view.feature(signal.feature, symbol);
    if (speaksFor(signal, value) !== true) return [];
    return [{ code: 'signal', values: { feature: signal.feature, value, ...(signal.above === undefined ? {} : { above: signal.above }), ...(signal.below === undefined ? {} : { below: signal.below }) } }];
  });
}
