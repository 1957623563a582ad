import { figuresOfRun } from '../../src/backtest/figures-of-run.js';
import type { BacktestRun } from '../../src/backtest/backtest-run.js';
import { orderLines } from '../../src/backtest/run-backtest.js';
import { sha256 } from '../../src/core/hash.js';
import type { NamedReturns } from '../../src/report/backtest/report-input.js';

/** Lines of the order list that are shown as they are: the first and the last. */
const SHOWN = 3;

/** What a strategy did as a text whose lines a person can compare: its statistics, and its list of orders as a hash with its ends. */
export function pinOf(name: string, run: BacktestRun, benchmark: NamedReturns | null): string {
  const figures = figuresOfRun(run, { benchmark: benchmark?.returns ?? null });
  const { performance: p, trades, exposure, turnover, costs } = figures;
  const statistics: readonly (readonly [string, number | null])[] = [
    ['sessions', figures.sessions], ['final equity', figures.finalEquity],
    ['total return', p.totalReturn], ['annual return', p.annualReturn], ['annual volatility', p.annualVolatility],
    ['Sharpe ratio', p.sharpeRatio], ['Sortino ratio', p.sortinoRatio], ['Calmar ratio', p.calmarRatio], ['Omega ratio', p.omegaRatio],
    ['deepest drawdown', p.maxDrawdown], ['value at risk', p.valueAtRisk], ['conditional value at risk', p.conditionalValueAtRisk],
    ['tail ratio', p.tailRatio], ['skewness', p.skewness], ['kurtosis', p.kurtosis], ['sessions with a gain', p.winRate], ['stability', p.stability],
    ['alpha', p.benchmark?.alpha ?? null], ['beta', p.benchmark?.beta ?? null], ['information ratio', p.benchmark?.informationRatio ?? null],
    ['mean gross exposure', exposure.meanGross], ['mean names held', exposure.meanNames], ['turnover a year', turnover.annual], ['costs', costs.total],
    ['trades', trades?.trades ?? null], ['hit rate', trades?.hitRate ?? null], ['profit factor', trades?.profitFactor ?? null], ['expectancy', trades?.expectancy?.return ?? null], ['mean sessions held', trades?.holding?.mean ?? null],
    ['fills', figures.fills], ['unfilled', figures.unfilled],
  ];
  return [`${name}: ${figures.first} to ${figures.last}`, ...statistics.map(([label, value]) => `${label.padEnd(26)} ${written(value)}`), ...ordersOf(run), ''].join('\n');
}

/** Ten digits: more than anyone reads, fewer than a compiler may reorder. */
const written = (value: number | null): string => (value === null ? '–' : String(Number(value.toPrecision(10))));

function ordersOf(run: BacktestRun): string[] {
  if (run.book === 'research') return [`equity by session: sha256 ${sha256(Array.from(run.equity, (value) => value.toPrecision(12)).join('\n'))}`];
  const lines = orderLines(run);
  return [`orders: ${lines.length}, sha256 ${sha256(lines.join('\n'))}`, ...lines.slice(0, SHOWN).map((line) => `  first  ${line}`), ...lines.slice(-SHOWN).map((line) => `  last   ${line}`)];
}
