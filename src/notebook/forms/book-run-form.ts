import type { BookRun } from '../../backtest/run-book.js';
import { fromCents } from '../../portfolio/cents.js';
import { equityFigure } from '../../report/equity-figure.js';
import { formatSignedPercent } from '../../report/format.js';
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
    text: [`${formatSignedPercent(last.equity / first.equity - 1, 2)} since the close of the first session, over ${equity.length} sessions with ${fills.length} fills, after costs. ${book.positions.length} positions and ${fromCents(book.cash).toFixed(2)} in cash at the end. No statistic of luck is in this: see the evaluation of the scores.`],
    ...(figure === null ? {} : { figures: [figure] }),
    tables: [{ caption: 'Fills, the last first', columns: COLUMNS, rows }],
  };
};

function isBookRun(value: object): value is BookRun {
  return 'book' in value && 'equity' in value && Array.isArray(value.equity) && 'fills' in value && Array.isArray(value.fills);
}
