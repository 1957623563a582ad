import { XNYS } from '../../src/core/calendar.js';
import { isoDate, toEpochDay } from '../../src/core/dates.js';
import { createRng } from '../../src/core/rng.js';
import type { FeatureInputs } from '../../src/features/compute/feature-inputs.js';
import { SUMMARY_COLUMN_NAMES, type SummaryColumn } from '../../src/options/summary/columns.js';
import { FEATURES } from '../../src/features/registry.js';
import { Panel } from '../../src/table/panel.js';
import { vintages, type VintageRow, type Vintages } from '../../src/table/vintages.js';
import { BAR_NAMES, cleanBars } from './bars.js';

const FIRST = toEpochDay(isoDate('2015-01-02'));

export interface WorldOptions {
  readonly symbols?: number;
  readonly sessions?: number;
  readonly seed?: number;
  /** Gaps, breaks, suspect bars, a late listing, members that come and go. */
  readonly faults?: boolean;
}

/** Names after a prefix among the inputs of the registry, so that the world has whatever is asked of it. */
const inputsOf = (prefix: string): string[] => [...new Set(FEATURES.flatMap(({ inputs }) => inputs.flatMap((input) => (input.startsWith(`${prefix}:`) ? [input.slice(prefix.length + 1)] : []))))];

/** Everything that any feature of the registry reads, made up: clean random walks on real XNYS sessions, two sectors, macro series, quarters, reports. */
export function makeWorld({ symbols = 8, sessions = 400, seed = 1, faults = false }: WorldOptions = {}): FeatureInputs {
  const names = Array.from({ length: symbols }, (_, row) => `S${String(row).padStart(2, '0')}`);
  const days = XNYS.sessionDays(FIRST, FIRST + 2 * sessions).slice(0, sessions);
  const columns = Object.fromEntries([...BAR_NAMES, 'vwap', 'tradedValue', 'segment', 'suspect'].map((name) => [name, new Float64Array(symbols * sessions)]));
  const member = new Uint8Array(symbols * sessions).fill(1);
  names.forEach((_, row) => {
    const bars = cleanBars(sessions, 1000 * seed + row);
    for (const name of BAR_NAMES) columns[name].set(bars[name], row * sessions);
    bars.close.forEach((close, t) => {
      columns['vwap'][row * sessions + t] = (bars.high[t] + bars.low[t] + close) / 3;
      columns['tradedValue'][row * sessions + t] = 2 * close * bars.volume[t];
    });
    if (faults) spoil(columns, member, { row, sessions });
  });
  return {
    bars: new Panel({ symbols: names, sessions: days, columns }),
    member,
    sectors: new Map(names.map((name, row) => [name, row % 2 === 0 ? 'Even' : 'Odd'])),
    options: new Panel({ symbols: names, sessions: days, columns: optionColumns(columns['close'], { symbols, sessions, seed, faults }) }),
    macro: new Map(inputsOf('macro').map((id, i) => [id, dailySeries(days, seed + 100 * i)])),
    fundamentals: new Map(names.map((name, row) => [name, new Map(inputsOf('fundamentals').map((concept, i) => [concept, quarters(days, 7000 * seed + 100 * row + i, 60)]))])),
    earnings: new Map(names.map((name, row) => [name, new Map(inputsOf('earnings').map((field, i) => [field, quarters(days, 9000 * seed + 100 * row + i, 0)]))])),
  };
}

/** Figures of chains that fit each other, about a price that is the close times a constant: chains are unadjusted. */
function optionColumns(close: Float64Array, { symbols, sessions, seed, faults }: Required<WorldOptions>): Record<SummaryColumn, Float64Array> {
  const columns = Object.fromEntries(SUMMARY_COLUMN_NAMES.map((name) => [name, new Float64Array(symbols * sessions).fill(Number.NaN)])) as Record<SummaryColumn, Float64Array>;
  for (let row = 0; row < symbols; row++) {
    const rng = createRng(seed).fork(`options ${row}`);
    let volatility = 0.3;
    let open = 40_000;
    for (let t = 0; t < sessions; t++) {
      const at = row * sessions + t;
      volatility *= Math.exp(0.05 * rng.normal() + 0.02 * Math.log(0.3 / volatility));
      open *= Math.exp(0.02 * rng.normal());
      const chain = chainFigures({ spot: 2 * close[at], volatility, open, normal: () => rng.normal(), float: () => rng.float() });
      const isAbsent = faults && (t * 7 + row * 3) % 23 === 4;
      for (const name of SUMMARY_COLUMN_NAMES) if (!isAbsent) columns[name][at] = chain[name];
      if (faults && (t * 5 + row) % 41 === 7) columns.isMixed[at] = 1;
      if (faults && (t + row) % 5 === 2) columns.gammaFlip[at] = Number.NaN;
    }
  }
  return columns;
}

function chainFigures({ spot, volatility, open, normal, float }: { spot: number; volatility: number; open: number; normal: () => number; float: () => number }): Record<SummaryColumn, number> {
  const about = (value: number, by: number): number => value * Math.exp(by * normal());
  const [calls, puts] = [about(open, 0.02), about(0.8 * open, 0.02)];
  const level = (low: number, high: number): number => spot * (low + (high - low) * float());
  return {
    spot, isMixed: 0, contracts: 900,
    callVolume: about(0.3 * open, 0.4), putVolume: about(0.25 * open, 0.4),
    callOpenInterest: calls, putOpenInterest: puts, expiringOpenInterest: 0,
    callGamma: about(spot * open * 0.4, 0.2), putGamma: -about(spot * open * 0.3, 0.2),
    vannaExposure: spot * open * normal(), charmExposure: spot * open * normal(),
    gammaFlip: level(0.95, 1.02), callWall: level(1, 1.1), putWall: level(0.9, 1), maxPain: level(0.97, 1.03), pinStrike: level(0.99, 1.01), pinShare: float(),
    volatility7: about(volatility, 0.1), volatility30: volatility, volatility60: about(volatility, 0.03), volatility90: about(volatility, 0.04),
    call25: about(0.97 * volatility, 0.02), put25: about(1.06 * volatility, 0.02), call10: about(volatility, 0.03), put10: about(1.2 * volatility, 0.03),
    modelFreeVariance30: volatility ** 2 * 1.05, eventMove: 0.02 * normal(),
    meanDelta: 0.1 * normal(), meanVega: about(0.1, 0.1), meanTheta: -about(0.3, 0.1), meanVanna: normal(), meanCharm: normal(),
    newCallPremium: about(1e6, 1), newPutPremium: about(1e6, 1), nearCallOpenInterest: 0.3 * calls * float(),
    monthlyExpiry: 17_000, monthlyOpenInterest: 0.4 * (calls + puts), laterOpenInterest: 0.6 * (calls + puts),
  };
}

/** One value a day, known from the next session; positive, so that ratios and logarithms are defined. */
function dailySeries(days: Int32Array, seed: number): Vintages {
  const rng = createRng(seed).fork('macro');
  const rows: VintageRow[] = [];
  let level = 2 + 3 * rng.float();
  for (let day = days[0] - 500; day < days[days.length - 1]; day++) {
    if ((day + 4) % 7 >= 5) continue; // epoch day 0 was a Thursday
    level *= Math.exp(0.01 * rng.normal());
    rows.push({ period: day, knownFrom: XNYS.sessionDays(day + 1, day + 10)[0], value: level });
  }
  return vintages(rows);
}

/** A value each quarter for four years before the span and in it, known `lag` days after its end; every fifth is restated later. */
function quarters(days: Int32Array, seed: number, lag: number): Vintages {
  const rng = createRng(seed).fork('quarters');
  const rows: VintageRow[] = [];
  const known = (day: number): number => XNYS.sessionDays(day, day + 10)[0];
  let level = 100;
  for (let i = 0, period = days[0] - 1460; period < days[days.length - 1]; i++, period += 91) {
    level *= Math.exp(0.02 + 0.03 * rng.normal());
    rows.push({ period, knownFrom: known(period + lag), value: level });
    if (lag > 0 && i % 5 === 4) rows.push({ period, knownFrom: known(period + lag + 150), value: level * 1.05 });
  }
  return vintages(rows);
}

function spoil(columns: Record<string, Float64Array>, member: Uint8Array, { row, sessions }: { row: number; sessions: number }): void {
  const at = row * sessions;
  if (row === 1) for (const name of [...BAR_NAMES, 'vwap', 'tradedValue']) columns[name].fill(Number.NaN, at, at + 60); // listed later
  if (row === 2) member.fill(0, at + 200, at + 260);
  if (row === 3) columns['segment'].fill(1, at + Math.floor(sessions / 3), at + sessions);
  for (let t = 0; t < sessions; t++) {
    if ((t * 31 + row * 17) % 71 === 5) for (const name of [...BAR_NAMES, 'vwap', 'tradedValue']) columns[name][at + t] = Number.NaN;
    if ((t * 13 + row * 7) % 97 === 3) columns['suspect'][at + t] = 1;
  }
}
