import { performanceSummary } from '../../../evaluation/performance/performance-summary.js';
import type { PerformanceSummary } from '../../../evaluation/performance/summary.js';
import type { BacktestReportInput } from '../report-input.js';
import { RUN_NAME } from '../report-series.js';
import { numberOr, percentOr, signedOr } from './figure-text.js';
import type { TextTable } from './text-table.js';

type Figure = { readonly [K in keyof PerformanceSummary]: PerformanceSummary[K] extends number | null ? K : never }[keyof PerformanceSummary];

const ROWS: readonly (readonly [name: string, figure: Figure, text: (value: number | null) => string])[] = [
  ['Return in all', 'totalReturn', signedOr(1)], ['Return a year', 'annualReturn', signedOr(1)], ['Volatility a year', 'annualVolatility', percentOr(1)], ['Deepest drawdown', 'maxDrawdown', percentOr(1)],
  ['Sharpe ratio', 'sharpeRatio', numberOr(2)], ['Sortino ratio', 'sortinoRatio', numberOr(2)], ['Calmar ratio', 'calmarRatio', numberOr(2)], ['Omega ratio', 'omegaRatio', numberOr(2)],
  ['Value at risk, 5% of sessions', 'valueAtRisk', percentOr(2)], ['Mean beyond it (CVaR)', 'conditionalValueAtRisk', percentOr(2)], ['Tail ratio', 'tailRatio', numberOr(2)],
  ['Skewness', 'skewness', numberOr(2)], ['Kurtosis (normal: 3)', 'kurtosis', numberOr(1)], ['Sessions with a gain', 'winRate', percentOr(1)], ['Stability (R² of log equity)', 'stability', numberOr(2)],
];

/** Figures of the returns, beside those of the benchmark and of others. */
export function performanceTable({ figures, benchmark, compared = [], riskFree }: BacktestReportInput): TextTable {
  const others = [...(benchmark === null ? [] : [benchmark]), ...compared];
  const summaries = [figures.performance, ...others.map(({ returns }) => performanceSummary(returns, riskFree === null ? {} : { riskFree }))];
  return {
    caption: 'Figures of the returns', columns: [['Figure', 'text'], ...[RUN_NAME, ...others.map(({ name }) => name)].map((name) => [name, 'number'] as const)],
    rows: ROWS.map(([name, figure, text]) => [name, ...summaries.map((summary) => text(summary[figure]))]),
  };
}

/** How returns stand to the benchmark's; `null` without one. */
export function benchmarkTable({ figures: { performance }, benchmark }: BacktestReportInput): TextTable | null {
  const found = performance.benchmark;
  if (found === null || benchmark === null) return null;
  return {
    caption: `Against ${benchmark.name}`, columns: [[`Against ${benchmark.name}`, 'text'], ['Figure', 'number']],
    rows: [
      ['Alpha a year (Jensen)', signedOr(1)(found.alpha)], ['Beta', numberOr(2)(found.beta)], ['Correlation', numberOr(2)(found.correlation)], ['Tracking error a year', percentOr(1)(found.trackingError)],
      ['Information ratio', numberOr(2)(found.informationRatio)], ['Capture of its gains', numberOr(2)(found.upCapture)], ['Capture of its losses', numberOr(2)(found.downCapture)],
    ],
  };
}

/** What factors explain of the returns; `null` without factors. */
export function factorTable({ figures: { factors } }: BacktestReportInput): TextTable | null {
  if (factors === null) return null;
  const { alpha, loadings, annualAlpha, rSquared, lags } = factors;
  return {
    caption: `What factors explain: least squares, t by Newey and West with ${lags} lags`, columns: [['Factor', 'text'], ['Loading', 'number'], ['Standard error', 'number'], ['t', 'number']],
    rows: [
      ...Object.entries(loadings).map(([name, { estimate, standardError, t }]) => [name, numberOr(2)(estimate), numberOr(2)(standardError), numberOr(1)(t)]),
      ['Not explained, a year', signedOr(1)(annualAlpha), percentOr(1)((alpha.standardError * annualAlpha) / (alpha.estimate || 1)), numberOr(1)(alpha.t)],
      ['Variance explained (R²)', percentOr(0)(rSquared), '', ''],
    ],
  };
}
