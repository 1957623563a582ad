import { dateDrawdowns } from '../../../evaluation/performance/drawdown-dates.js';
import { formatNumber, formatPercent, formatShortDate, MISSING } from '../../format.js';
import type { BacktestReportInput } from '../report-input.js';
import type { TextTable } from './text-table.js';

/** The deepest falls from a high with their dates, the deepest first; `null` where there was none. */
export function drawdownTable({ figures, run }: Pick<BacktestReportInput, 'figures' | 'run'>): TextTable | null {
  const found = dateDrawdowns(figures.performance.worstDrawdowns, run.sessions);
  if (found.length === 0) return null;
  return {
    caption: 'Deepest drawdowns', columns: [['Fall', 'text'], ['High', 'number'], ['Low', 'number'], ['High again', 'number'], ['Sessions down', 'number'], ['Sessions back', 'number'], ['Below the high', 'number']],
    rows: found.map((one) => [
      formatPercent(one.depth), formatShortDate(one.peakSession), formatShortDate(one.troughSession), one.recoverySession === null ? 'not yet' : formatShortDate(one.recoverySession),
      formatNumber(one.fall), one.rise === null ? MISSING : formatNumber(one.rise), formatNumber(one.length),
    ]),
  };
}
