import type { BacktestRun } from '../../backtest/backtest-run.js';
import { fromEpochDay } from '../../core/dates.js';
import type { NamedReturns } from '../../report/backtest/report-input.js';

/** Equity and returns by session as CSV, with the returns of the benchmark where there is one; the first session has none. */
export function returnsTable({ sessions, equity, returns, gross, names, turnover, costs }: BacktestRun, benchmark: NamedReturns | null): string {
  const head = ['session', 'equity', 'return', ...(benchmark === null ? [] : ['benchmark']), 'gross', 'names', 'turnover', 'costs'];
  const rows = Array.from(sessions, (day, t) => [fromEpochDay(day), equity[t], t === 0 ? '' : returns[t - 1], ...(benchmark === null ? [] : [t === 0 ? '' : benchmark.returns[t - 1]]), gross[t], names[t], turnover[t], costs[t]].join(','));
  return `${[head.join(','), ...rows].join('\n')}\n`;
}
