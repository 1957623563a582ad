import type { BacktestFigures } from '../../backtest/backtest-figures.js';
import type { Luck } from '../../evaluation/luck/luck.js';
import { SHARPE_PER_SESSION } from './trials.js';

/** The figures that a run is compared by, flat. @param luck `null` where it was not judged */
export function mainFigures({ performance, trades, exposure, turnover, costs, fills, unfilled, sessions }: BacktestFigures, luck: Luck | null, sharpePerSession: number | null): Record<string, number | null> {
  const { benchmark } = performance;
  return {
    sharpe: performance.sharpeRatio,
    [SHARPE_PER_SESSION]: sharpePerSession,
    ...(luck === null ? {} : luckFigures(luck)),
    total_return: performance.totalReturn,
    annual_return: performance.annualReturn,
    annual_volatility: performance.annualVolatility,
    sortino: performance.sortinoRatio,
    calmar: performance.calmarRatio,
    max_drawdown: performance.maxDrawdown,
    value_at_risk: performance.valueAtRisk,
    alpha: benchmark?.alpha ?? null,
    beta: benchmark?.beta ?? null,
    information_ratio: benchmark?.informationRatio ?? null,
    benchmark_return: benchmark?.annualReturn ?? null,
    turnover: turnover.annual,
    costs: costs.annual,
    gross: exposure.meanGross,
    names: exposure.meanNames,
    trades: trades?.trades ?? null,
    hit_rate: trades?.hitRate ?? null,
    profit_factor: trades?.profitFactor ?? null,
    expectancy: trades?.expectancy?.return ?? null,
    holding: trades?.holding?.mean ?? null,
    fills,
    unfilled,
    sessions,
  };
}

const luckFigures = ({ sharpeInterval, probabilistic, deflated, trials, overfitting }: Luck): Record<string, number | null> => ({
  sharpe_low: sharpeInterval?.[0] ?? null,
  sharpe_high: sharpeInterval?.[1] ?? null,
  probabilistic_sharpe: probabilistic,
  deflated_sharpe: deflated?.probability ?? null,
  trials: trials.count,
  overfitting_probability: overfitting?.probability ?? null,
});
