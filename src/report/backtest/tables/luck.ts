import type { BacktestReportInput } from '../report-input.js';
import { luckStatements } from '../luck/statements.js';
import { formatNumber } from '../../format.js';
import { pValueText } from '../chance-text.js';
import type { TextTable } from './text-table.js';

/** Trials listed at most; those that beat the benchmark come first. */
const LISTED = 25;

/** All that is known of luck, one figure a row. */
export function luckTable({ luck, experiment, benchmark, riskFree }: BacktestReportInput): TextTable {
  return {
    caption: 'What the record owes to luck', columns: [['Figure', 'text'], ['Value', 'number'], ['What it says', 'wide'], ['Test', 'text']],
    rows: luckStatements({ luck, experiment, benchmark: benchmark?.name ?? null, hasRate: riskFree !== null }).map(({ name, value, sentence, source }) => [name, value, sentence, source]),
  };
}

/** Trials against the benchmark, the surest first; `null` where they were not tested. */
export function stepwiseTable({ luck: { stepwise } }: BacktestReportInput): TextTable | null {
  if (stepwise === null || stepwise.length < 2) return null;
  const sorted = [...stepwise].sort((a, b) => a.pValue - b.pValue).slice(0, LISTED);
  const rest = stepwise.length - sorted.length;
  return {
    caption: `Trials against the benchmark, by stepwise multiple testing${rest > 0 ? `: the first ${formatNumber(LISTED)} of ${formatNumber(stepwise.length)}` : ''}`, columns: [['Trial', 'text'], ['p, all trials considered', 'number'], ['Beats it at 5%', 'text']],
    rows: sorted.map(({ name, pValue, rejected }) => [name, pValueText(pValue), rejected ? 'yes' : 'no']),
  };
}

