import type { BacktestReport } from '../../lab/backtest/backtest-report.js';
import { alignColumns, type Output } from '../output.js';

/** A backtest as text: its sentences, then its tables. */
export function printBacktest(report: BacktestReport, output: Output): void {
  for (const line of report.words()) output.line(line);
  output.line();
  for (const { caption, columns, rows } of report.tables()) {
    output.line(caption);
    for (const line of alignColumns([[...columns], ...rows.map((row) => row.map(cell))])) output.line(line);
    output.line();
  }
}

const cell = (value: string | number | null): string => (value === null ? '–' : typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(4) : String(value));
