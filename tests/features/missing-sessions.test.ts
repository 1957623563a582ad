import { describe, expect, it } from 'vitest';

import { XNYS } from '../../src/core/calendar.js';
import { isoDate, toEpochDay } from '../../src/core/dates.js';
import { createRng } from '../../src/core/rng.js';
import { MarketInputs } from '../../src/features/compute/market-inputs.js';
import { rank } from '../../src/features/alpha158/rank.js';
import type { MarketFeature, SeriesFeature } from '../../src/features/feature.js';
import { indexDrawdown } from '../../src/features/market/index-drawdown.js';
import { indexMomentum } from '../../src/features/market/index-return.js';
import { residualMomentum } from '../../src/features/market/residual-momentum.js';
import { relativeStrength } from '../../src/features/market/relative-strength.js';
import { sectorDispersion } from '../../src/features/market/sector-dispersion.js';
import { vixPercentile } from '../../src/features/market/vix.js';
import { intradayMomentum } from '../../src/features/momentum/intraday-momentum.js';
import { overnightMomentum } from '../../src/features/momentum/overnight-momentum.js';
import { choppinessIndex } from '../../src/features/trend/choppiness-index.js';
import { efficiencyRatio } from '../../src/features/trend/efficiency-ratio.js';
import { volumeRank } from '../../src/features/volume/volume-rank.js';
import { Panel } from '../../src/table/panel.js';
import { BAR_NAMES, cleanBars, seriesOf } from './bars.js';
import { barsAt, without } from './definitions.js';

const WINDOW = 21;
const LENGTH = 60;
const HOLE = 30;

/** Where values are missing, [session]. */
const missing = (values: Float64Array): number[] => [...values.keys()].filter((t) => t >= WINDOW && Number.isNaN(values[t]));
const from = (first: number, count: number): number[] => Array.from({ length: count }, (_, i) => first + i);

describe('what an instrument gained along a path is unknown while a session of it is missing', () => {
  const bars = cleanBars(LENGTH);

  it.each<[SeriesFeature, number]>([
    [overnightMomentum(WINDOW), WINDOW + 1], // the night after needs the close too
    [intradayMomentum(WINDOW), WINDOW],
    [choppinessIndex(WINDOW), WINDOW + 1],
    [efficiencyRatio(WINDOW), WINDOW + 1],
  ])('$name', (feature, count) => {
    expect(missing(feature.compute(seriesOf(bars)))).toEqual([]);
    expect(missing(feature.compute(seriesOf(without(bars, HOLE))))).toEqual(from(HOLE, count));
  });

  it.each(['index', 'sector'] as const)('strength to the %s: its growth would span fewer sessions than that of the price', (to) => {
    const steady = new Float64Array(LENGTH).fill(0.01);
    const strength = (returns: Float64Array): Float64Array => relativeStrength(to, WINDOW).compute(seriesOf(bars, { indexReturn: returns, sectorReturn: returns }));
    expect(missing(strength(steady))).toEqual([]);
    expect(missing(strength(steady.map((value, t) => (t === HOLE || t === HOLE + 1 ? Number.NaN : value))))).toEqual(from(HOLE, WINDOW + 1));
  });
});

it('residual momentum leaves the benchmark out where the instrument is missing', () => {
  const rng = createRng(3).fork('benchmark');
  const indexReturn = Float64Array.from({ length: 260 }, () => 0.01 * rng.normal());
  const closes = barsAt(indexReturn.map((value) => value + 0.002 * rng.normal()).reduce((path: number[], value) => [...path, (path.at(-1) ?? 100) * (1 + value)], []));
  const gaps = [60, 90, 120, 150];
  const stormy = indexReturn.map((value, t) => (gaps.some((gap) => t === gap || t === gap + 1) ? 0.08 : value)); // only where the instrument has no return
  const momentum = (returns: Float64Array): number => residualMomentum.compute(seriesOf(without(closes, ...gaps), { indexReturn: returns }))[259];
  expect(Math.abs(momentum(indexReturn))).toBeGreaterThan(0);
  expect(momentum(stormy)).toBe(momentum(indexReturn));
});

it.each<SeriesFeature>([volumeRank(50), rank(60)])('$name is a share of the values that are there, and says so', (feature) => {
  const rising = barsAt(Array.from({ length: LENGTH }, (_, t) => 100 + t));
  rising.volume.set(rising.close);
  expect(feature.compute(seriesOf(without(rising, 20, HOLE, 40)))[LENGTH - 1]).toBe(1);
  expect(feature.formula).not.toMatch(/\/ \d/);
});

it('vix-percentile-252 says so too', () => {
  expect(vixPercentile(252).formula).not.toMatch(/\/ \d/);
});

describe('what the market gained along a path is unknown while a session of it is missing', () => {
  const sessions = XNYS.sessionDays(toEpochDay(isoDate('2015-01-02')), toEpochDay(isoDate('2015-12-31'))).slice(0, LENGTH);

  /** Three sectors of three members, growing by a percent a session, not at all and falling by one; the first sector's bars absent at some sessions. */
  function market(absent: readonly number[], everyone = false): MarketInputs {
    const close = (row: number, t: number): number => (absent.includes(t) && (everyone || row < 3) ? Number.NaN : 100 * [1.01, 1, 0.99][Math.floor(row / 3)] ** t);
    const column = Float64Array.from({ length: 9 * LENGTH }, (_, at) => close(Math.floor(at / LENGTH), at % LENGTH));
    const symbols = Array.from({ length: 9 }, (_, row) => `S${row}`);
    return new MarketInputs({ bars: new Panel({ symbols, sessions, columns: Object.fromEntries(BAR_NAMES.map((name) => [name, column])) }), sectors: new Map(symbols.map((symbol, row) => [symbol, `sector ${Math.floor(row / 3)}`])) });
  }

  it.each<MarketFeature>([indexMomentum(WINDOW), indexDrawdown(WINDOW)])('$name', (feature) => {
    expect(missing(feature.compute(market([])))).toEqual([]);
    expect(missing(feature.compute(market([HOLE], true)))).toEqual(from(HOLE, WINDOW + 1));
  });

  it('sector-dispersion leaves the sector out', () => {
    const [whole, holed] = [market([]), market([HOLE])].map((one) => sectorDispersion(WINDOW).compute(one));
    const [up, down] = [1.01 ** WINDOW - 1, 0.99 ** WINDOW - 1];
    const others = Math.abs(down) / Math.SQRT2;
    expect(holed[HOLE - 1]).toBe(whole[HOLE - 1]);
    for (let t = HOLE; t <= HOLE + WINDOW; t++) expect(holed[t]).toBeCloseTo(others, 12);
    const mean = (up + down) / 3;
    expect(holed[HOLE + WINDOW + 1]).toBeCloseTo(Math.sqrt(((up - mean) ** 2 + mean ** 2 + (down - mean) ** 2) / 2), 12);
  });
});
