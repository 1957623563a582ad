import { describe, expect, it } from 'vitest';

import { XNYS } from '../../src/core/calendar.js';
import { isoDate, toEpochDay } from '../../src/core/dates.js';
import { createRng } from '../../src/core/rng.js';
import type { FeatureInputs } from '../../src/features/compute/feature-inputs.js';
import { MarketInputs } from '../../src/features/compute/market-inputs.js';
import type { SeriesInputs } from '../../src/features/compute/series-inputs.js';
import { MARKET } from '../../src/features/market/family.js';
import { Panel } from '../../src/table/panel.js';
import { vintages } from '../../src/table/vintages.js';
import { BAR_NAMES, cleanBars, mapBars, seriesOf } from './bars.js';

const day = (date: string): number => toEpochDay(isoDate(date));
const LENGTH = 300;

function noise(label: string, size = 0.01): Float64Array {
  const rng = createRng(5).fork(label);
  return Float64Array.from({ length: LENGTH }, (_, t) => (t === 0 ? Number.NaN : size * rng.normal()));
}

/** Closes that have these returns. */
function closesOf(returns: Float64Array, start = 100): Float64Array {
  let close = start;
  return returns.map((value) => (close *= Number.isNaN(value) ? 1 : 1 + value));
}

/** An instrument with given returns beside a benchmark. */
function beside(returns: Float64Array, indexReturn: Float64Array, sectorReturn = indexReturn): SeriesInputs {
  const closes = closesOf(returns);
  return seriesOf(mapBars(cleanBars(LENGTH), (_, name) => (name === 'volume' ? closes.map(() => 1e6) : closes)), { indexReturn, sectorReturn });
}

function last(name: string, inputs: SeriesInputs): number {
  const feature = MARKET.find((one) => one.name === name)!;
  return feature.kind === 'series' ? feature.compute(inputs)[LENGTH - 1] : Number.NaN;
}

describe('an instrument beside the benchmark', () => {
  const index = noise('index');
  const own = noise('own', 0.005);

  it('that does half of what the benchmark does has beta one half and no residual', () => {
    const half = beside(index.map((value) => value / 2), index);
    expect(last('beta-60', half)).toBeCloseTo(0.5, 10);
    expect(last('market-correlation-60', half)).toBeCloseTo(1, 10);
    expect(last('idiosyncratic-share-60', half)).toBeCloseTo(0, 8);
    expect(last('residual-volatility-60', half)).toBeCloseTo(0, 8);
    expect(last('lagged-beta-60', half)).toBeCloseTo(0.5, 8);
  });

  it('that falls twice as much and rises half as much has a downside beta of two', () => {
    const lopsided = beside(index.map((value) => (value < 0 ? 2 : 0.5) * value), index);
    expect(last('downside-beta-126', lopsided)).toBeCloseTo(2, 10);
    expect(last('beta-60', lopsided)).toBeGreaterThan(0.5);
    expect(last('beta-60', lopsided)).toBeLessThan(2);
  });

  it('that follows a day late has its beta only when the day before is asked too', () => {
    const late = beside(index.map((value, t) => 0.3 * value + 0.9 * (index[t - 1] || 0)), index);
    expect(last('lagged-beta-60', late)).toBeCloseTo(1.2, 8);
    expect(last('beta-60', late)).toBeLessThan(0.8);
  });

  it('has the volatility of what is its own as residual volatility', () => {
    const mixed = beside(index.map((value, t) => 1.5 * value + own[t]), index);
    expect(last('residual-volatility-60', mixed)).toBeCloseTo(0.005 * Math.sqrt(252), 1);
    const [share, correlation] = [last('idiosyncratic-share-60', mixed), last('market-correlation-60', mixed)];
    expect(share + correlation ** 2).toBeCloseTo(1, 12);
    expect(share).toBeGreaterThan(0.03);
    expect(share).toBeLessThan(0.4);
  });

  it('skewed by rare jumps of its own has idiosyncratic skewness, whatever the benchmark does', () => {
    const jumps = own.map((value, t) => value + (t % 50 === 7 ? 0.06 : 0));
    expect(last('idiosyncratic-skewness-252', beside(index.map((value, t) => value + jumps[t]), index))).toBeGreaterThan(2);
    expect(last('idiosyncratic-skewness-252', beside(index.map((value, t) => value - jumps[t]), index))).toBeLessThan(-2);
    expect(Math.abs(last('idiosyncratic-skewness-252', beside(index.map((value, t) => value + own[t]), index)))).toBeLessThan(0.6);
  });

  it('that loses when the benchmark moves much either way has negative coskewness', () => {
    const fragile = index.map((value, t) => value + own[t] - 40 * value * value);
    expect(last('coskewness-252', beside(fragile, index))).toBeLessThan(-0.3);
    expect(last('coskewness-252', beside(fragile.map((value, t) => value + 80 * index[t] ** 2), index))).toBeGreaterThan(0.3);
  });

  it('residual momentum counts what came beyond beta until a month ago, not what the benchmark brought', () => {
    const gain = (from: number, to: number) => own.map((value, t) => value + (t > from && t <= to ? 0.004 : 0));
    const of = (extra: Float64Array, market = index): number => last('residual-momentum-252-21', beside(market.map((value, t) => value + extra[t]), market));
    const base = of(own);
    expect(of(gain(100, 200)) - base).toBeGreaterThan(3);
    expect(Math.abs(of(own, index.map((value, t) => value + (t > 100 && t <= 200 ? 0.004 : 0))) - base)).toBeLessThan(0.5);
    // the last month only changes the spread
    expect(Math.abs(of(gain(LENGTH - 22, LENGTH)) - base)).toBeLessThan(0.5);
  });

  it('equals its definition, written out: residual momentum', () => {
    const returns = index.map((value, t) => 0.8 * value + own[t] + 0.001);
    const inputs = beside(returns, index);
    const at = Array.from({ length: 252 }, (_, i) => LENGTH - 252 + i);
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const [meanX, meanY] = [mean(at.map((t) => index[t])), mean(at.map((t) => inputs.simpleReturn[t]))];
    const slope = mean(at.map((t) => (index[t] - meanX) * (inputs.simpleReturn[t] - meanY))) / mean(at.map((t) => (index[t] - meanX) ** 2));
    const std = Math.sqrt(mean(at.map((t) => (inputs.simpleReturn[t] - meanY - slope * (index[t] - meanX)) ** 2)));
    const beyond = mean(at.slice(0, 231).map((t) => inputs.simpleReturn[t] - slope * index[t]));
    expect(last('residual-momentum-252-21', inputs)).toBeCloseTo((beyond * Math.sqrt(231)) / std, 8);
  });

  it('is as strong as it grew beyond the benchmark or its sector', () => {
    const quiet = noise('quiet', 0);
    const inputs = beside(quiet.map((_, t) => (t === LENGTH - 3 ? 0.21 : 0)), quiet.map((_, t) => (t === LENGTH - 2 ? 0.1 : 0)), quiet.map((_, t) => (t === LENGTH - 2 ? -0.5 : 0)));
    expect(last('strength-to-index-5', inputs)).toBeCloseTo(1.21 / 1.1 - 1, 10);
    expect(last('strength-to-sector-5', inputs)).toBeCloseTo(1.21 / 0.5 - 1, 10);
    expect(last('strength-to-index-126', inputs)).toBeCloseTo(1.21 / 1.1 - 1, 10);
  });

  it('has no beta to a benchmark that stands still', () => {
    const still = beside(own, index.map(() => 0));
    for (const name of ['beta-60', 'market-correlation-60', 'downside-beta-126', 'lagged-beta-60', 'coskewness-252']) expect(last(name, still), name).toBeNaN();
  });
});

const SESSIONS = XNYS.sessionDays(day('2015-01-02'), day('2017-12-29')).slice(0, LENGTH);

/** A market of instruments with given closes. */
function marketOf(closes: readonly Float64Array[], more: Partial<FeatureInputs> = {}, marks: Readonly<Record<string, Float64Array>> = {}): MarketInputs {
  const flat = Float64Array.from(closes.flatMap((one) => [...one]));
  const columns = Object.fromEntries(BAR_NAMES.map((name) => [name, name === 'volume' ? flat.map(() => 1e6) : flat]));
  return new MarketInputs({ bars: new Panel({ symbols: closes.map((_, row) => `S${row}`), sessions: SESSIONS.slice(0, closes[0].length), columns: { ...columns, ...marks } }), ...more });
}

function series(name: string, market: MarketInputs): Float64Array {
  const feature = MARKET.find((one) => one.name === name)!;
  return feature.kind === 'market' ? feature.compute(market) : new Float64Array();
}

const end = (name: string, market: MarketInputs): number => series(name, market)[LENGTH - 1];

const rising = closesOf(noise('r', 0).map(() => 0.001));
const falling = closesOf(noise('r', 0).map(() => -0.001));

describe('the market as a whole', () => {
  it('its breadth is the share of members above their mean', () => {
    const market = marketOf([rising, rising, rising, falling]);
    expect([end('breadth-50', market), end('breadth-200', market)]).toEqual([0.75, 0.75]);
  });

  it('advances less declines, and new highs less lows, weigh risers against fallers', () => {
    const still = rising.map(() => 100);
    expect(end('advance-decline-1', marketOf([rising, rising, still, falling]))).toBe(0.25);
    expect(end('new-highs-less-lows-252', marketOf([rising, rising, rising, falling]))).toBe(0.5);
    // what stands still is at its highest and at its lowest
    expect(end('new-highs-less-lows-252', marketOf([still, still]))).toBe(0);
  });

  it('does not count who is no member, whose bar is suspect or whose series broke in the window', () => {
    const closes = [rising, rising, falling, falling];
    const where = (row: number, t: number): Float64Array => {
      const marks = new Float64Array(4 * LENGTH);
      marks.fill(1, row * LENGTH + t, (row + 1) * LENGTH);
      return marks;
    };
    const member = new Uint8Array(4 * LENGTH).fill(1);
    member[3 * LENGTH + LENGTH - 1] = 0;
    expect(end('breadth-50', marketOf(closes, { member }))).toBeCloseTo(2 / 3, 12);
    expect(end('breadth-50', marketOf(closes, {}, { suspect: where(0, LENGTH - 1) }))).toBeCloseTo(1 / 3, 12);
    expect(end('breadth-50', marketOf(closes, {}, { segment: where(3, LENGTH - 30) }))).toBeCloseTo(2 / 3, 12);
    expect(end('breadth-50', marketOf(closes, {}, { segment: where(3, LENGTH - 50) }))).toBe(0.5);
    expect(end('breadth-200', marketOf(closes, {}, { segment: where(3, LENGTH - 60) }))).toBeCloseTo(2 / 3, 12);
  });

  it('disperses as its members do', () => {
    const jump = (by: number): Float64Array => rising.map((_, t) => (t >= LENGTH - 1 ? 100 * (1 + by) : 100));
    const market = marketOf([jump(0.01), jump(0.03), jump(0.05)]);
    expect(end('return-dispersion-1', market)).toBeCloseTo(0.02, 12);
    expect(end('return-dispersion-21', market)).toBeCloseTo(0.02, 12);
    expect(series('return-dispersion-1', market)[LENGTH - 2]).toBe(0);
  });

  it('moves together when correlations are high', () => {
    const common = noise('common');
    const members = (share: number): Float64Array[] => Array.from({ length: 30 }, (_, row) => closesOf(noise(`m${row}`).map((value, t) => share * common[t] + Math.sqrt(1 - share * share) * value)));
    expect(end('average-correlation-60', marketOf(members(1)))).toBeCloseTo(1, 8);
    expect(end('average-correlation-60', marketOf(members(0)))).toBeLessThan(0.1);
    const half = end('average-correlation-60', marketOf(members(Math.sqrt(0.5))));
    expect(half).toBeGreaterThan(0.35);
    expect(half).toBeLessThan(0.65);
  });

  it('its sectors lie apart by the spread of their means', () => {
    const sectors = new Map(Array.from({ length: 6 }, (_, row) => [`S${row}`, row < 3 ? 'up' : 'down']));
    const market = marketOf([rising, rising, rising, falling, falling, falling], { sectors });
    const [up, down] = [1.001 ** 21 - 1, 0.999 ** 21 - 1];
    expect(end('sector-dispersion-21', market)).toBeCloseTo(Math.abs(up - down) / Math.SQRT2, 10);
    expect(end('sector-dispersion-21', marketOf([rising, falling]))).toBeNaN();
  });

  it('its benchmark has momentum, volatility and a drawdown', () => {
    const benchmark = rising.map((_, t) => (t < 100 ? 100 : t < 200 ? 125 : t < LENGTH - 1 ? 100 : 110));
    const market = marketOf([rising, falling], { benchmarkReturn: benchmark.map((close, t) => (t === 0 ? Number.NaN : close / benchmark[t - 1] - 1)) });
    expect(end('index-momentum-21', market)).toBeCloseTo(0.1, 12);
    expect(end('index-momentum-252', market)).toBeCloseTo(0.1, 12);
    expect(end('index-drawdown-252', market)).toBeCloseTo(110 / 125 - 1, 12);
    expect(end('index-volatility-21', market)).toBeCloseTo(Math.log(1.1) * Math.sqrt(252 / 21), 12);
    expect(series('index-drawdown-252', market)[LENGTH - 3]).toBeCloseTo(100 / 125 - 1, 12);
  });
});

describe('the VIX', () => {
  /** Closes and opens by session, each known from the next one. */
  const vixOf = (closes: (t: number) => number, opens: (t: number) => number = closes): Partial<FeatureInputs> => {
    const table = (valueAt: (t: number) => number) => vintages([...SESSIONS].flatMap((period, t) => (t + 1 < LENGTH && Number.isFinite(valueAt(t)) ? [{ period, knownFrom: SESSIONS[t + 1], value: valueAt(t) }] : [])));
    return { macro: new Map([['VIX', table(closes)], ['VIX_OPEN', table(opens)]]) };
  };
  const of = (name: string, macro: Partial<FeatureInputs>): number => end(name, marketOf([rising, falling], macro));

  it('is that of the session before', () => {
    const found = series('vix', marketOf([rising, falling], vixOf((t) => 10 + t)));
    expect(found[0]).toBeNaN();
    expect([found[1], found[200]]).toEqual([10, 209]);
  });

  it('changes, and stands among its own values', () => {
    const climbing = vixOf((t) => 10 + t);
    expect(of('vix-change-5', climbing)).toBe(5);
    expect(of('vix-percentile-252', climbing)).toBe(1);
    expect(of('vix-to-mean-21', climbing)).toBeCloseTo((10 + LENGTH - 2) / (10 + LENGTH - 12) - 1, 12);
    expect(of('vix-z-score-252', climbing)).toBeCloseTo(125.5 / Math.sqrt((252 * 253) / 12), 10);
  });

  it('moves within the day from its open to its close', () => {
    expect(of('vix-open-to-close', vixOf(() => 22, () => 20))).toBeCloseTo(0.1, 12);
    // the open of another day does not stand in for that of the last
    expect(of('vix-open-to-close', vixOf(() => 22, (t) => (t === LENGTH - 2 ? Number.NaN : 20)))).toBeNaN();
  });

  it('costs more than the benchmark moves: the premium', () => {
    const benchmark = rising.map((_, t) => (t % 2 === 0 ? 100 : 101));
    const premium = end('variance-risk-premium-21', marketOf([rising, falling], { ...vixOf(() => 30), benchmarkReturn: benchmark.map((close, t) => (t === 0 ? Number.NaN : close / benchmark[t - 1] - 1)) }));
    expect(premium).toBeCloseTo(0.09 - 252 * Math.log(1.01) ** 2, 12);
  });

  it('is unknown when its last value is more than ten days old, or there is no series', () => {
    expect(of('vix', vixOf((t) => (t < LENGTH - 10 ? 20 : Number.NaN)))).toBeNaN();
    expect(of('vix', vixOf((t) => (t < LENGTH - 4 ? 20 : Number.NaN)))).toBe(20);
    for (const name of ['vix', 'vix-change-5', 'vix-z-score-252', 'vix-percentile-252', 'vix-to-mean-63', 'vix-open-to-close', 'variance-risk-premium-21']) expect(of(name, {}), name).toBeNaN();
  });
});
