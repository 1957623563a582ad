import { XNYS } from '../../../src/core/calendar.js';
import { isoDate, toEpochDay } from '../../../src/core/dates.js';
import { createRng, type Rng } from '../../../src/core/rng.js';
import { SUMMARY_COLUMN_NAMES, type SummaryColumn } from '../../../src/options/summary/columns.js';
import { nextMonthlyExpiry } from '../../../src/options/summary/monthly-expiry.js';
import { OptionsHistory, type OptionsHistoryInput } from '../../../src/options/intelligence/view.js';

/** A number for all sessions, or one for each. */
export type MadeColumn = number | ((t: number) => number);

export interface MadeHistory {
  readonly sessions?: number;
  readonly columns?: Readonly<Partial<Record<SummaryColumn, MadeColumn>>>;
  readonly close?: MadeColumn;
}

/** A quiet chain of which no signal has anything to say: every figure the same each session, price 100, volatility 20 %. */
const QUIET: Readonly<Record<SummaryColumn, number>> = {
  spot: 100, isMixed: 0, contracts: 500, callVolume: 10_000, putVolume: 8_000, callOpenInterest: 100_000, putOpenInterest: 80_000, expiringOpenInterest: 0,
  callGamma: 1e6, putGamma: -1e6, vannaExposure: 0, charmExposure: 0, gammaFlip: Number.NaN, callWall: 130, putWall: 70, maxPain: 100, pinStrike: Number.NaN, pinShare: Number.NaN,
  volatility7: 0.2, volatility30: 0.2, volatility60: 0.2, volatility90: 0.2, call25: 0.19, put25: 0.22, call10: 0.19, put10: 0.25, modelFreeVariance30: 0.04, eventMove: 0,
  meanDelta: 0.1, meanVega: 0.1, meanTheta: -0.1, meanVanna: 0, meanCharm: 0, newCallPremium: 1e5, newPutPremium: 1e5, nearCallOpenInterest: 20_000,
  monthlyExpiry: Number.NaN, monthlyOpenInterest: 60_000, laterOpenInterest: 120_000,
};

export const LAST = isoDate('2026-06-08');

/** Sessions of the exchange up to 2026-06-08. */
export function madeSessions(count: number): Int32Array {
  const last = toEpochDay(LAST);
  return XNYS.sessionDays(last - 2 * count - 30, last).slice(-count);
}

/** The quiet chain with what is told otherwise. */
export function madeHistory({ sessions: count = 300, columns = {}, close = 100 }: MadeHistory): OptionsHistory {
  return new OptionsHistory(madeInput({ sessions: count, columns, close }));
}

export function madeInput({ sessions: count = 300, columns = {}, close = 100 }: MadeHistory): OptionsHistoryInput {
  const sessions = madeSessions(count);
  const filled = (value: MadeColumn): Float64Array => Float64Array.from({ length: count }, (_, t) => (typeof value === 'number' ? value : value(t)));
  const usual = (name: SummaryColumn): MadeColumn => (name === 'monthlyExpiry' ? (t) => nextMonthlyExpiry(sessions[t]) : QUIET[name]);
  return { underlying: 'MADE', sessions, columns: Object.fromEntries(SUMMARY_COLUMN_NAMES.map((name) => [name, filled(columns[name] ?? usual(name))])), close: filled(close) };
}

/** A chain whose figures wander, with gaps, mixed sessions and two regimes of volatility. */
export function wanderingInput(seed: number, count: number): OptionsHistoryInput {
  const rng = createRng(seed);
  const walk = (label: string, start: number, step: number): ((t: number) => number) => {
    const own = rng.fork(label);
    let level = Math.log(start);
    const values = Array.from({ length: count }, () => Math.exp((level += step * own.normal())));
    return (t) => values[t];
  };
  const spot = walk('spot', 100, 0.02);
  const noise = (label: string): Rng => rng.fork(label);
  const [mixed, gap, gamma, levels, mood] = ['mixed', 'gap', 'gamma', 'levels', 'mood'].map(noise);
  const regime = walk('volatility', 0.2, 0.05);
  let high = 1;
  const input = madeInput({
    sessions: count,
    close: (t) => spot(t),
    columns: {
      spot, isMixed: () => (mixed.float() < 0.02 ? 1 : 0),
      callVolume: walk('call volume', 1e4, 0.4), putVolume: walk('put volume', 8e3, 0.4), callOpenInterest: walk('calls', 1e5, 0.03), putOpenInterest: walk('puts', 8e4, 0.03),
      callGamma: () => 1e6 * Math.exp(gamma.normal()), putGamma: () => -1e6 * Math.exp(gamma.normal()),
      gammaFlip: (t) => spot(t) * (1 + 0.05 * levels.normal()), callWall: (t) => spot(t) * (1 + 0.05 * levels.float()), putWall: (t) => spot(t) * (1 - 0.05 * levels.float()),
      pinStrike: (t) => spot(t) * (1 + 0.01 * levels.normal()), pinShare: () => 0.3 * levels.float(),
      volatility30: (t) => { if (mood.float() < 0.03) high = 3 - high; return regime(t) * high; },
      monthlyOpenInterest: walk('monthly', 6e4, 0.05), laterOpenInterest: walk('later', 1.2e5, 0.05),
    },
  });
  for (const values of Object.values(input.columns)) for (let t = 0; t < count; t++) if (gap.float() < 0.01) values[t] = Number.NaN;
  return input;
}
