import { describe, expect, it } from 'vitest';

import type { SeriesFeature } from '../../src/features/feature.js';
import { closeDrawdown } from '../../src/features/volatility/close-drawdown.js';
import { closeToCloseVolatility } from '../../src/features/volatility/close-to-close-volatility.js';
import { downsideVolatility } from '../../src/features/volatility/downside-volatility.js';
import { maximumReturn, minimumReturn } from '../../src/features/volatility/extreme-return.js';
import { VOLATILITY } from '../../src/features/volatility/family.js';
import { garmanKlassVolatility } from '../../src/features/volatility/garman-klass-volatility.js';
import { jumpShare } from '../../src/features/volatility/jump-share.js';
import { overnightVarianceShare } from '../../src/features/volatility/overnight-variance-share.js';
import { parkinsonVolatility } from '../../src/features/volatility/parkinson-volatility.js';
import { realizedVolatility } from '../../src/features/volatility/realized-volatility.js';
import { returnKurtosis } from '../../src/features/volatility/return-kurtosis.js';
import { returnSkewness } from '../../src/features/volatility/return-skewness.js';
import { rogersSatchellVolatility } from '../../src/features/volatility/rogers-satchell-volatility.js';
import { volatilityOfVolatility } from '../../src/features/volatility/volatility-of-volatility.js';
import { volatilityRatio } from '../../src/features/volatility/volatility-ratio.js';
import { yangZhangVolatility } from '../../src/features/volatility/yang-zhang-volatility.js';
import { createRng } from '../../src/core/rng.js';
import { cleanBars, mapBars, seriesOf, type Bars } from './bars.js';
import { barsAt, expectDefinition, lastOf, mean, moment, span, sum, variance, without, type Definition, type Paper } from './definitions.js';

const realized = ({ r }: Paper, window: number, ago = 0): number => Math.sqrt(252 * mean(span(window, (k) => r(k) ** 2, ago)));
const rogersSatchell = ({ O, H, L, C }: Paper, window: number): number => mean(span(window, (k) => Math.log(H(k) / C(k)) * Math.log(H(k) / O(k)) + Math.log(L(k) / C(k)) * Math.log(L(k) / O(k))));

const yangZhang = (window: number): Definition => (now) => {
  const k = 0.34 / (1.34 + (window + 1) / (window - 1));
  const overnight = variance(span(window, (ago) => Math.log(now.O(ago) / now.C(ago + 1))));
  const openToClose = variance(span(window, (ago) => Math.log(now.C(ago) / now.O(ago))));
  return Math.sqrt(252 * (overnight + k * openToClose + (1 - k) * rogersSatchell(now, window)));
};

const definitions: Readonly<Record<string, Definition>> = {
  'realized-volatility-21': (now) => realized(now, 21),
  'realized-volatility-63': (now) => realized(now, 63),
  'close-to-close-volatility-21': ({ r }) => Math.sqrt(252 * variance(span(21, r))),
  'parkinson-volatility-21': ({ H, L }) => Math.sqrt((252 * mean(span(21, (k) => Math.log(H(k) / L(k)) ** 2))) / (4 * Math.log(2))),
  'garman-klass-volatility-21': ({ O, H, L, C }) => Math.sqrt(252 * mean(span(21, (k) => Math.log(H(k) / L(k)) ** 2 / 2 - (2 * Math.log(2) - 1) * Math.log(C(k) / O(k)) ** 2))),
  'rogers-satchell-volatility-21': (now) => Math.sqrt(252 * rogersSatchell(now, 21)),
  'yang-zhang-volatility-21': yangZhang(21),
  'yang-zhang-volatility-63': yangZhang(63),
  'average-true-range-14': ({ TR, C }) => mean(span(14, TR)) / C(0),
  'downside-volatility-63': ({ r }) => Math.sqrt((252 / 63) * sum(span(63, r).filter((value) => value < 0).map((value) => value ** 2))),
  'volatility-ratio-5-63': (now) => realized(now, 5) / realized(now, 63),
  'volatility-of-volatility-63': (now) => {
    const volatilities = span(63, (ago) => realized(now, 21, ago));
    return Math.sqrt(variance(volatilities)) / mean(volatilities);
  },
  'return-skewness-63': ({ r }) => ((Math.sqrt(63 * 62) / 61) * moment(span(63, r), 3)) / moment(span(63, r), 2) ** 1.5,
  'return-kurtosis-63': ({ r }) => (62 / (61 * 60)) * (64 * (moment(span(63, r), 4) / moment(span(63, r), 2) ** 2 - 3) + 6),
  'maximum-return-21': ({ C }) => Math.max(...span(21, (k) => C(k) / C(k + 1) - 1)),
  'minimum-return-21': ({ C }) => Math.min(...span(21, (k) => C(k) / C(k + 1) - 1)),
  'overnight-variance-share-63': ({ O, C }) => {
    const [night, day] = [sum(span(63, (k) => Math.log(O(k) / C(k + 1)) ** 2)), sum(span(63, (k) => Math.log(C(k) / O(k)) ** 2))];
    return night / (night + day);
  },
  'jump-share-63': ({ r }) => Math.max(0, 1 - ((Math.PI / 2) * mean(span(62, (k) => Math.abs(r(k)) * Math.abs(r(k + 1))))) / mean(span(63, (k) => r(k) ** 2))),
  'drawdown-63': ({ C }) => C(0) / Math.max(...span(63, C)) - 1,
  'drawdown-252': ({ C }) => C(0) / Math.max(...span(252, C)) - 1,
};

describe('volatility features', () => {
  it.each(VOLATILITY.map((feature) => [feature.name, feature] as const))('%s equals its definition, written out', (name, feature) => {
    expectDefinition(feature as SeriesFeature, definitions[name]);
  });

  it('are NaN or 0 where prices never move, and never infinite where one is 0', () => {
    const still = barsAt(new Float64Array(320).fill(50));
    const broken = mapBars(cleanBars(320), (values) => values.map((value, t) => (t === 60 ? 0 : value)));
    for (const feature of VOLATILITY as readonly SeriesFeature[]) {
      const value = lastOf(feature, still);
      expect(Number.isNaN(value) || value === 0, `${feature.name} of still prices: ${value}`).toBe(true);
      expect(feature.compute(seriesOf(broken)).filter((found) => Math.abs(found) === Infinity), feature.name).toHaveLength(0);
    }
  });

  it('go on over a missing session, and stop where more than a fifth is missing', () => {
    const bars = cleanBars(320);
    const few = without(bars, 310);
    const many = without(bars, ...Array.from({ length: 80 }, (_, i) => 238 + i));
    const ranged = (VOLATILITY as readonly SeriesFeature[]).filter(({ name }) => !name.startsWith('drawdown'));
    for (const feature of ranged) {
      expect(lastOf(feature, few), feature.name).not.toBeNaN();
      expect(lastOf(feature, many), feature.name).toBeNaN();
    }
  });
});

/** Bars that a random walk leaves, seen `steps` times a session; `overnight` and `intraday` are deviations a session, `drift` a session. */
function walk({ sessions, steps = 400, overnight = 0, intraday = 0.02, drift = 0 }: { sessions: number; steps?: number; overnight?: number; intraday?: number; drift?: number }): Bars {
  const rng = createRng(5).fork('walk');
  const bars = mapBars(cleanBars(sessions), (values) => values);
  let log = Math.log(100);
  for (let t = 0; t < sessions; t++) {
    log += overnight * rng.normal();
    const course = [log];
    for (let step = 0; step < steps; step++) course.push((log += drift / steps + (intraday / Math.sqrt(steps)) * rng.normal()));
    bars.open[t] = Math.exp(course[0]);
    bars.high[t] = Math.exp(Math.max(...course));
    bars.low[t] = Math.exp(Math.min(...course));
    bars.close[t] = Math.exp(log);
  }
  return bars;
}

const typical = (feature: SeriesFeature, bars: Bars): number => mean(Array.from(feature.compute(seriesOf(bars))).filter((value) => !Number.isNaN(value)));

/** 300 sessions tell a volatility to a few percent. */
function expectWithin(value: number, low: number, high: number): void {
  expect(value).toBeGreaterThan(low);
  expect(value).toBeLessThan(high);
}

describe('range estimators on a random walk of 2 % a session', () => {
  const expected = 0.02 * Math.sqrt(252);
  const plain = walk({ sessions: 300 });

  it.each([closeToCloseVolatility(21), realizedVolatility(21), parkinsonVolatility(21), garmanKlassVolatility(21), rogersSatchellVolatility(21), yangZhangVolatility(21)].map((feature) => [feature.name, feature] as const))('%s finds it', (_, feature) => {
    // ranges seen in steps are a little too small
    expectWithin(typical(feature, plain) / expected, 0.9, 1.1);
  });

  it('varies less from window to window than closes do', () => {
    const spread = (feature: SeriesFeature): number => Math.sqrt(variance(Array.from(feature.compute(seriesOf(plain))).filter((value) => !Number.isNaN(value))));
    for (const feature of [parkinsonVolatility(21), garmanKlassVolatility(21), rogersSatchellVolatility(21), yangZhangVolatility(21)]) expect(spread(feature), feature.name).toBeLessThan(0.75 * spread(closeToCloseVolatility(21)));
  });

  it('is not biased by a drift if it says so', () => {
    const drifting = walk({ sessions: 300, drift: 0.03 });
    for (const feature of [rogersSatchellVolatility(21), yangZhangVolatility(21), closeToCloseVolatility(21)]) expectWithin(typical(feature, drifting) / expected, 0.9, 1.1);
    for (const feature of [parkinsonVolatility(21), realizedVolatility(21)]) expect(typical(feature, drifting) / expected, feature.name).toBeGreaterThan(1.2);
  });

  it('counts gaps in Yang–Zhang and closes, not in the others', () => {
    const gapped = walk({ sessions: 300, overnight: 0.02 });
    for (const feature of [yangZhangVolatility(21), closeToCloseVolatility(21)]) expectWithin(typical(feature, gapped) / expected, 0.9 * Math.SQRT2, 1.1 * Math.SQRT2);
    for (const feature of [parkinsonVolatility(21), garmanKlassVolatility(21), rogersSatchellVolatility(21)]) expectWithin(typical(feature, gapped) / expected, 0.9, 1.1);
    expect(typical(overnightVarianceShare(63), gapped)).toBeCloseTo(0.5, 1);
    expect(typical(overnightVarianceShare(63), plain)).toBe(0);
  });
});

/** Closes after the log returns given, from 100. */
const after = (returns: readonly number[]): Bars => {
  let log = Math.log(100);
  return barsAt([100, ...returns.map((value) => Math.exp((log += value)))]);
};

describe('what the shape features are for', () => {
  const swings = Array.from({ length: 63 }, (_, t) => 0.01 * (t % 2 === 0 ? 1 : -1) * (1 + (t % 3) / 4));

  it('downside volatility sees falls alone', () => {
    expect(lastOf(downsideVolatility(3), after([0.05, -0.03, 0.02]))).toBeCloseTo(Math.sqrt((252 * 0.0009) / 3), 12);
    expect(lastOf(downsideVolatility(3), after([0.05, 0.03, 0.02]))).toBe(0);
  });

  it('skewness has the sign of the one large move, kurtosis and jump share rise with it', () => {
    const withMove = (size: number): Bars => after([...swings.slice(0, 30), size, ...swings.slice(31)]);
    expect(lastOf(returnSkewness(63), withMove(0.15))).toBeGreaterThan(3);
    expect(lastOf(returnSkewness(63), withMove(-0.15))).toBeLessThan(-3);
    expect(lastOf(returnKurtosis(63), withMove(0.15))).toBeGreaterThan(10);
    expect(lastOf(returnKurtosis(63), after(swings))).toBeLessThan(0);
    expect(lastOf(jumpShare(63), withMove(0.15))).toBeGreaterThan(0.25);
    expect(lastOf(jumpShare(63), after(swings))).toBe(0);
  });

  it('the best and the worst day leave the window after it', () => {
    const bars = after([0.2, -0.1, ...new Array<number>(21).fill(0)]);
    const values = maximumReturn(21).compute(seriesOf(bars));
    expect(values[21]).toBeCloseTo(Math.exp(0.2) - 1, 12);
    expect(values[22]).toBeCloseTo(0, 12);
    expect(minimumReturn(21).compute(seriesOf(bars))[22]).toBeCloseTo(Math.exp(-0.1) - 1, 12);
  });

  it('the ratio rises when prices begin to move, the volatility of volatility with it', () => {
    const waking = after([...swings, ...swings.slice(0, 5).map((value) => 4 * value)]);
    expect(lastOf(volatilityRatio(5, 63), waking)).toBeGreaterThan(2);
    const steady = after(Array.from({ length: 84 }, (_, t) => (t % 2 === 0 ? 0.01 : -0.01)));
    const changing = after(Array.from({ length: 84 }, (_, t) => (t % 2 === 0 ? 0.01 : -0.01) * (t > 50 ? 3 : 1)));
    expect(lastOf(volatilityOfVolatility(63), steady)).toBeCloseTo(0, 10);
    expect(lastOf(volatilityOfVolatility(63), changing)).toBeGreaterThan(0.2);
  });

  it('drawdown is 0 at the top and forgets tops before the window', () => {
    expect(lastOf(closeDrawdown(3), barsAt([1, 2, 3]))).toBe(0);
    expect(lastOf(closeDrawdown(3), barsAt([9, 4, 3, 3]))).toBeCloseTo(-0.25, 12);
  });
});
