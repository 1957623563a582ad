import type { BookRun } from '../../backtest/run-book.js';
import { probabilisticSharpeRatio } from '../../evaluation/overfitting/probabilistic-sharpe.js';
import { sharpeSample } from '../../evaluation/overfitting/sharpe-sample.js';
import { performanceSummary } from '../../evaluation/performance/performance-summary.js';
import { fromCents } from '../../portfolio/cents.js';
import { equityFigure } from '../../report/equity-figure.js';
import { formatPercent, formatSignedPercent } from '../../report/format.js';
import type { Form } from './form.js';

const COLUMNS = ['session', 'side', 'symbol', 'shares', 'price', 'costs', 'for'] as const;

/** A book over a span: what became of its equity, the curve, and its fills, the last first. */
export const bookRunForm: Form = (value) => {
  if (!isBookRun(value)) return null;
  const { book, equity, fills } = value;
  const [first, last] = [equity[0], equity.at(-1)];
  if (first === undefined || last === undefined) return { title: 'No session' };
  const figure = equityFigure(equity);
  const rows = [...fills].reverse().map(({ session, side, symbol, shares, price, costs, reason }) => [session, side, symbol, shares, price, costs, reason]);
  return {
    title: `Paper book from ${first.session} to ${last.session}: ${last.equity.toFixed(2)}`,
    text: [`${formatSignedPercent(last.equity / first.equity - 1, 2)} since the close of the first session, over ${equity.length} sessions with ${fills.length} fills, after costs. ${book.positions.length} positions and ${fromCents(book.cash).toFixed(2)} in cash at the end. How many settings were tried before this one is not in these figures.`],
    ...(figure === null ? {} : { figures: [figure] }),
    tables: [{ caption: 'Returns from close to close', columns: ['figure', 'value'], rows: performanceRows(equity) }, { caption: 'Fills, the last first', columns: COLUMNS, rows }],
  };
};

/** Figures of the returns; the Sharpe ratio with the probability that the true one is above zero, were these returns independent and this the only try. */
function performanceRows(equity: BookRun['equity']): (string | number | null)[][] {
  const returns = equity.slice(1).map((one, i) => one.equity / equity[i].equity - 1);
  const { annualReturn, annualVolatility, sharpeRatio, sortinoRatio, maxDrawdown, winRate } = performanceSummary(returns);
  const sample = sharpeSample(returns);
  const percent = (value: number | null): string | null => (value === null ? null : formatPercent(value, 2));
  return [
    ['return a year', percent(annualReturn)], ['volatility a year', percent(annualVolatility)], ['Sharpe ratio', sharpeRatio], ['Sortino ratio', sortinoRatio], ['deepest drawdown', percent(maxDrawdown)], ['sessions with a gain', percent(winRate)],
    ['probability that the true Sharpe ratio is above 0', percent(sample === null ? null : probabilisticSharpeRatio(sample))],
  ];
}

function isBookRun(value: object): value is BookRun {
  return 'book' in value && 'equity' in value && Array.isArray(value.equity) && 'fills' in value && Array.isArray(value.fills);
}
