import type { BacktestFigures } from '../../backtest/backtest-figures.js';
import type { Luck } from '../../evaluation/luck/luck.js';
import { SHARPE_PER_SESSION } from './trials.js';

/** The figures that a run is compared by, flat. */
export function mainFigures({ performance, trades, exposure, turnover, costs, fills, unfilled, sessions }: BacktestFigures, luck: Luck, sharpePerSession: number | null): Record<string, number | null> {
  const { benchmark } = performance;
  return {
    sharpe: performance.sharpeRatio,
    [SHARPE_PER_SESSION]: sharpePerSession,
    sharpe_low: luck.sharpeInterval?.[0] ?? null,
    sharpe_high: luck.sharpeInterval?.[1] ?? null,
    probabilistic_sharpe: luck.probabilistic,
    deflated_sharpe: luck.deflated?.probability ?? null,
    trials: luck.trials.count,
    overfitting_probability: luck.overfitting?.probability ?? null,
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
