import type { BacktestReport } from '../../lab/backtest/backtest-report.js';
import { alignColumns, type Output } from '../output.js';

/** Characters beyond which a cell is a sentence: those are told above the tables already. */
const WIDEST = 60;

/** A backtest as text: its sentences, then its tables. */
export function printBacktest(report: BacktestReport, output: Output): void {
  for (const line of report.words()) output.line(line);
  output.line();
  for (const { caption, columns, rows } of report.tables()) {
    const kept = columns.flatMap((_, i) => (rows.some((row) => row[i].length > WIDEST) ? [] : [i]));
    output.line(caption);
    for (const line of alignColumns([columns, ...rows].map((row) => kept.map((i) => row[i])))) output.line(line);
    output.line();
  }
}
