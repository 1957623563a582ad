import { SESSIONS_PER_YEAR } from '../../core/sessions-per-year.js';
import { totalReturn } from '../../evaluation/performance/annual-return.js';
import { formatCount, formatDay, formatMoney, formatPercent, formatSignedPercent, MISSING } from '../format.js';
import type { BacktestReportInput } from './report-input.js';

/** What came of it in two sentences: what it earned, and what its benchmark did meanwhile. */
export function leadWords({ figures, benchmark }: Pick<BacktestReportInput, 'figures' | 'benchmark'>): string[] {
  const { first, last, sessions, initialEquity, finalEquity, performance } = figures;
  if (sessions === 0) return [`A single session, ${formatDay(first)}: nothing is traded before the next one.`];
  const deepest = performance.maxDrawdown === null || performance.maxDrawdown === 0 ? 'never below its high' : `at the deepest ${formatPercent(-performance.maxDrawdown)} below its high`;
  const own = `From ${formatDay(first)} to ${formatDay(last)} it turned ${formatMoney(initialEquity)} into ${formatMoney(finalEquity)} after costs: ${gain(figures)}, ${deepest}.`;
  if (benchmark === null) return [own];
  return [own, `Its benchmark (${benchmark.name}) gave ${isShort(figures) ? signed(totalReturn(benchmark.returns)) : `${signed(performance.benchmark?.annualReturn ?? null)} a year`} over the same sessions.`];
}

/** Less than a year is not told as if it had lasted one. */
export function isShort({ sessions }: Pick<BacktestReportInput['figures'], 'sessions'>): boolean {
  return sessions < SESSIONS_PER_YEAR;
}

function gain(figures: BacktestReportInput['figures']): string {
  const { performance, sessions } = figures;
  return isShort(figures) ? `${signed(performance.totalReturn)} in ${formatCount(sessions, 'session')}` : `${signed(performance.annualReturn)} a year`;
}

function signed(value: number | null): string {
  return value === null ? MISSING : formatSignedPercent(value);
}
