import { fromEpochDay, type IsoDate } from '../../core/dates.js';
import { drawdownCurve } from '../../evaluation/performance/drawdown.js';
import { equityCurve } from '../../evaluation/performance/equity-curve.js';
import { rollingSharpe } from '../../evaluation/performance/rolling-sharpe.js';
import type { BacktestReportInput, NamedReturns } from './report-input.js';

/** One value a session; `null` where there is none. */
export interface SeriesLine {
  readonly name: string;
  readonly values: readonly (number | null)[];
  /** Whose it is: of the backtest, of the benchmark, or of another series. */
  readonly of: 'run' | 'benchmark' | 'compared';
}

/** What is drawn over time, each [session]. */
export interface ReportSeries {
  readonly sessions: readonly IsoDate[];
  /** Quote currency, all from the same start; the backtest first. */
  readonly equity: readonly SeriesLine[];
  /** Fractions, 0 or below. */
  readonly drawdown: readonly SeriesLine[];
  /** Annualized, by the sessions looked back on. */
  readonly rollingSharpe: readonly SeriesLine[];
  /** Fractions of equity, and a count. */
  readonly gross: readonly (number | null)[];
  readonly net: readonly (number | null)[];
  readonly names: readonly (number | null)[];
}

/** Sessions that rolling Sharpe ratios look back on: half a year and a year. */
export const ROLLING_WINDOWS = [126, 252] as const;

/** What the backtest is called in charts and tables. */
export const RUN_NAME = 'Backtest';

export function reportSeries({ run, benchmark, compared = [], riskFree }: BacktestReportInput): ReportSeries {
  const [half, year] = ROLLING_WINDOWS;
  const beside = [...(benchmark === null ? [] : [{ ...benchmark, of: 'benchmark' as const }]), ...compared.map((one) => ({ ...one, of: 'compared' as const }))];
  const own = { name: RUN_NAME, returns: run.returns, of: 'run' as const };
  const rolling = ({ name, returns, of }: NamedReturns & Pick<SeriesLine, 'of'>, window: number): SeriesLine => {
    const values = rollingSharpe(returns, { window, ...(riskFree === null ? {} : { riskFree }) });
    return { name: `${name}, ${window} sessions`, of, values: [null, ...Array.from(values, finite)] };
  };
  return {
    sessions: Array.from(run.sessions, fromEpochDay),
    equity: [{ name: RUN_NAME, of: 'run', values: Array.from(run.equity) }, ...beside.map(({ name, of, returns }): SeriesLine => ({ name, of, values: Array.from(equityCurve(returns), (value) => value * run.equity[0]) }))],
    drawdown: [own, ...beside.filter(({ of }) => of === 'benchmark')].map(({ name, of, returns }) => ({ name, of, values: Array.from(drawdownCurve(returns)) })),
    rollingSharpe: [rolling(own, half), rolling(own, year), ...beside.filter(({ of }) => of === 'benchmark').map((one) => rolling(one, year))],
    gross: Array.from(run.gross, finite), net: Array.from(run.net, finite), names: Array.from(run.names, finite),
  };
}

/** The same at some of its sessions only, as where little room is left to write: every so many, and those given. */
export function thinSeries(series: ReportSeries, most: number, kept: readonly number[]): ReportSeries {
  const count = series.sessions.length;
  const step = Math.max(1, Math.ceil(count / most));
  const turning = new Set(kept);
  const picks = series.sessions.map((_, t) => t).filter((t) => (count - 1 - t) % step === 0 || t === 0 || turning.has(t));
  const at = <T>(values: readonly T[]): T[] => picks.map((t) => values[t]);
  const lines = (all: readonly SeriesLine[]): SeriesLine[] => all.map((line) => ({ ...line, values: at(line.values) }));
  return {
    sessions: at(series.sessions), equity: lines(series.equity), drawdown: lines(series.drawdown), rollingSharpe: lines(series.rollingSharpe),
    gross: at(series.gross), net: at(series.net), names: at(series.names),
  };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
