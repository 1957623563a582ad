import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import type { SeriesFeature } from '../../src/features/feature.js';
import { aroonOscillator } from '../../src/features/trend/aroon-oscillator.js';
import { bollingerPosition, bollingerWidth } from '../../src/features/trend/bollinger-bands.js';
import { choppinessIndex } from '../../src/features/trend/choppiness-index.js';
import { commodityChannelIndex } from '../../src/features/trend/commodity-channel-index.js';
import { cutlerRsi } from '../../src/features/trend/cutler-rsi.js';
import { averageDirectionalIndex, directionalMovement } from '../../src/features/trend/directional-movement.js';
import { efficiencyRatio } from '../../src/features/trend/efficiency-ratio.js';
import { TREND } from '../../src/features/trend/family.js';
import { logPriceFit } from '../../src/features/trend/log-price-fit.js';
import { logPriceSlope } from '../../src/features/trend/log-price-slope.js';
import { meanCross } from '../../src/features/trend/mean-cross.js';
import { meanSpread } from '../../src/features/trend/mean-spread.js';
import { moneyFlowIndex } from '../../src/features/trend/money-flow-index.js';
import { stochastic } from '../../src/features/trend/stochastic.js';
import { varianceRatio } from '../../src/features/trend/variance-ratio.js';
import { cleanBars, mapBars, seriesOf, type Bars } from './bars.js';
import { barsAt, expectDefinition, lastOf, mean, moment, span, sum, variance, without, type Definition, type Paper } from './definitions.js';

const typical = ({ H, L, C }: Paper) => (ago: number): number => (H(ago) + L(ago) + C(ago)) / 3;
const top = ({ H }: Paper, window: number): number => Math.max(...span(window, H));
const bottom = ({ L }: Paper, window: number): number => Math.min(...span(window, L));

/** Least-squares line through ln C by the normal equations. */
function line({ C }: Paper, window: number): { slope: number; fit: number } {
  const [x, y] = [span(window, (ago) => -ago), span(window, (ago) => Math.log(C(ago)))];
  const xy = mean(x.map((value, i) => value * y[i])) - mean(x) * mean(y);
  return { slope: xy / moment(x, 2), fit: xy ** 2 / (moment(x, 2) * moment(y, 2)) };
}

function direction({ H, L }: Paper, ago: number, window = 14): number {
  const moves = span(window, (k) => ago + k).map((k) => ({ up: H(k) - H(k + 1), down: L(k + 1) - L(k) }));
  const up = sum(moves.map((move) => (move.up > move.down && move.up > 0 ? move.up : 0)));
  const down = sum(moves.map((move) => (move.down > move.up && move.down > 0 ? move.down : 0)));
  return (up - down) / (up + down);
}

const rsi = (window: number): Definition => ({ C }) => {
  const changes = span(window, (ago) => C(ago) - C(ago + 1));
  const strength = sum(changes.filter((change) => change > 0)) / -sum(changes.filter((change) => change < 0));
  return strength === Infinity ? 1 : 1 - 1 / (1 + strength);
};

const definitions: Readonly<Record<string, Definition>> = {
  'distance-to-mean-10': ({ C }) => C(0) / mean(span(10, C)) - 1,
  'distance-to-mean-20': ({ C }) => C(0) / mean(span(20, C)) - 1,
  'distance-to-mean-50': ({ C }) => C(0) / mean(span(50, C)) - 1,
  'distance-to-mean-200': ({ C }) => C(0) / mean(span(200, C)) - 1,
  'mean-cross-50-200': ({ C }) => mean(span(50, C)) / mean(span(200, C)) - 1,
  'mean-spread-12-26': ({ C, TR }) => (mean(span(12, C)) - mean(span(26, C))) / mean(span(26, TR)),
  'log-price-slope-21': (now) => 252 * line(now, 21).slope,
  'log-price-slope-63': (now) => 252 * line(now, 63).slope,
  'log-price-fit-21': (now) => line(now, 21).fit,
  'log-price-fit-63': (now) => line(now, 63).fit,
  'efficiency-ratio-21': ({ C }) => Math.abs(C(0) - C(21)) / sum(span(21, (ago) => Math.abs(C(ago) - C(ago + 1)))),
  'cutler-rsi-2': rsi(2),
  'cutler-rsi-14': rsi(14),
  'stochastic-14': (now) => (now.C(0) - bottom(now, 14)) / (top(now, 14) - bottom(now, 14)),
  'stochastic-63': (now) => (now.C(0) - bottom(now, 63)) / (top(now, 63) - bottom(now, 63)),
  'bollinger-position-20': ({ C }) => {
    const [middle, deviation] = [mean(span(20, C)), Math.sqrt(moment(span(20, C), 2))];
    return (C(0) - (middle - 2 * deviation)) / (4 * deviation);
  },
  'bollinger-width-20': ({ C }) => (4 * Math.sqrt(moment(span(20, C), 2))) / mean(span(20, C)),
  'commodity-channel-index-20': (now) => {
    const prices = span(20, typical(now));
    return (prices[19] - mean(prices)) / (0.015 * mean(prices.map((price) => Math.abs(price - mean(prices)))));
  },
  'money-flow-index-14': (now) => {
    const flow = (sign: number): number => sum(span(14, (ago) => (sign * (typical(now)(ago) - typical(now)(ago + 1)) > 0 ? typical(now)(ago) * now.V(ago) : 0)));
    return flow(1) / (flow(1) + flow(-1));
  },
  'aroon-oscillator-25': ({ H, L }) => {
    const [highs, lows] = [span(26, H), span(26, L)];
    return (highs.indexOf(Math.max(...highs)) - lows.indexOf(Math.min(...lows))) / 25;
  },
  'directional-movement-14': (now) => direction(now, 0),
  'average-directional-index-14': (now) => mean(span(14, (ago) => Math.abs(direction(now, ago)))),
  'choppiness-index-14': (now) => Math.log10(sum(span(14, now.TR)) / (top(now, 14) - bottom(now, 14))) / Math.log10(14),
  'variance-ratio-5-63': ({ C, r }) => {
    // Lo and MacKinlay (1988) on 64 log prices: drift μ, then both variances about it
    const drift = Math.log(C(0) / C(63)) / 63;
    const short = sum(span(63, (ago) => (r(ago) - drift) ** 2)) / 62;
    const long = sum(span(59, (ago) => (Math.log(C(ago) / C(ago + 5)) - 5 * drift) ** 2)) / (5 * (63 - 5 + 1) * (1 - 5 / 63));
    return long / short;
  },
};

describe('trend features', () => {
  it.each(TREND.map((feature) => [feature.name, feature] as const))('%s equals its definition, written out', (name, feature) => {
    expectDefinition(feature as SeriesFeature, definitions[name]);
  });

  it('of prices that never move are NaN where they compare movements, else 0; none is infinite where a price is 0', () => {
    const still = barsAt(new Float64Array(260).fill(49.99));
    const broken = mapBars(cleanBars(260), (values) => values.map((value, t) => (t === 60 ? 0 : value)));
    for (const feature of TREND as readonly SeriesFeature[]) {
      const value = lastOf(feature, still);
      expect(Number.isNaN(value) || Math.abs(value) < 1e-14, `${feature.name} of still prices: ${value}`).toBe(true);
      expect(feature.compute(seriesOf(broken)).filter((found) => Math.abs(found) === Infinity), feature.name).toHaveLength(0);
    }
  });

  it('are NaN at a session without a bar where they compare the close with its window', () => {
    const bars = without(cleanBars(260), 259);
    for (const feature of [stochastic(14), bollingerPosition(20), commodityChannelIndex(20), efficiencyRatio(21)]) expect(lastOf(feature, bars), feature.name).toBeNaN();
  });
});

/** Bars of one range, closing in the middle, whose closes follow `path`. */
const ranged = (path: readonly number[], half = 0.5): Bars => {
  const bars = barsAt(path);
  return { ...bars, high: bars.close.map((value) => value + half), low: bars.close.map((value) => value - half) };
};

const steps = (count: number, step: (t: number) => number): number[] => Array.from({ length: count }, (_, t) => step(t));

describe('what they are for', () => {
  const up = ranged(steps(260, (t) => 100 + t));
  const down = ranged(steps(260, (t) => 400 - t));
  const sideways = ranged(steps(260, (t) => 100 + (t % 2)));

  it('bounded ones reach their ends in a straight course', () => {
    for (const feature of [cutlerRsi(2), cutlerRsi(14), efficiencyRatio(21), moneyFlowIndex(14)]) expect(lastOf(feature, up), feature.name).toBe(1);
    for (const feature of [cutlerRsi(2), cutlerRsi(14), moneyFlowIndex(14)]) expect(lastOf(feature, down), feature.name).toBe(0);
    for (const feature of [aroonOscillator(25), directionalMovement(14)]) expect([lastOf(feature, up), lastOf(feature, down)], feature.name).toEqual([1, -1]);
    for (const bars of [up, down]) expect(lastOf(averageDirectionalIndex(14), bars)).toBe(1);
    expect(lastOf(efficiencyRatio(21), down)).toBe(1);
  });

  it('tell a course from a range', () => {
    expect(lastOf(efficiencyRatio(21), sideways)).toBeCloseTo(1 / 21, 12);
    expect(lastOf(logPriceFit(63), up)).toBeGreaterThan(0.98);
    expect(lastOf(logPriceFit(63), sideways)).toBeLessThan(0.01);
    expect(lastOf(averageDirectionalIndex(14), sideways)).toBeLessThan(0.1);
    // true ranges of 1.5, 14 of them, in a range of 14; sideways in a range of 2
    expect(lastOf(choppinessIndex(14), up)).toBeCloseTo(Math.log(21 / 14) / Math.log(14), 12);
    expect(lastOf(choppinessIndex(14), sideways)).toBeCloseTo(Math.log(21 / 2) / Math.log(14), 12);
    // five steps to and fro end where one does, but for the drift of the one step by which an odd window ends elsewhere
    expect(lastOf(varianceRatio(5, 63), sideways)).toBeGreaterThan(1 / 5);
    expect(lastOf(varianceRatio(5, 63), sideways)).toBeLessThan(1.1 / 5);
    const trending = barsAt(steps(140, (t) => 100 * Math.exp(0.01 * Math.abs(((t / 20) % 2) - 1)))); // twenty sessions one way, twenty the other
    expect(lastOf(varianceRatio(5, 63), trending)).toBeGreaterThan(3);
  });

  it('have the sign of the course', () => {
    const signed = [meanCross(50, 200), meanSpread(12, 26), logPriceSlope(21), logPriceSlope(63), commodityChannelIndex(20)];
    for (const feature of signed) expect([Math.sign(lastOf(feature, up)), Math.sign(lastOf(feature, down))], feature.name).toEqual([1, -1]);
  });

  it('the slope is the growth of a year, the fit 1 on a straight log price', () => {
    const growing = barsAt(steps(70, (t) => 50 * Math.exp(0.001 * t)));
    expect(lastOf(logPriceSlope(63), growing)).toBeCloseTo(0.252, 9);
    expect(lastOf(logPriceFit(63), growing)).toBeCloseTo(1, 9);
  });

  it('a close at the edge of its range is 0 or 1 of it, outside the bands below 0 or above 1', () => {
    const falls = barsAt([...steps(62, (t) => 100 + (t % 2)), 90]);
    expect(lastOf(stochastic(63), falls)).toBe(0);
    expect(lastOf(bollingerPosition(20), falls)).toBeLessThan(0);
    expect(lastOf(bollingerPosition(20), barsAt([...steps(62, (t) => 100 + (t % 2)), 110]))).toBeGreaterThan(1);
    expect(lastOf(bollingerWidth(20), falls)).toBeGreaterThan(3 * lastOf(bollingerWidth(20), sideways));
  });

  it('equal moves up and down, as ticks make them, are no direction, however they round', () => {
    // each session 0.1 more on both sides: neither side prevails
    const wider = mapBars(cleanBars(40), (_, name) => Float64Array.from({ length: 40 }, (__, t) => (name === 'high' ? 100 + t / 10 : name === 'low' ? 50 - t / 10 : 75)));
    expect(lastOf(directionalMovement(14), wider)).toBeNaN();
    const tilted = { ...wider, high: wider.high.map((value, t) => value + (t === 39 ? 0.05 : 0)) };
    expect(lastOf(directionalMovement(14), tilted)).toBe(1);
  });

  it('money flow leaves out days whose typical price only rounds away', () => {
    const bars = barsAt(new Float64Array(16).fill(10));
    bars.high.set([10.1, 10.2, 10.3], 13);
    bars.low.set([9.9, 9.8, 9.7], 13);
    expect(lastOf(moneyFlowIndex(14), bars)).toBeNaN();
    bars.close[15] = 10.3;
    expect(lastOf(moneyFlowIndex(14), bars)).toBe(1);
  });

  it.each([
    [2, 21],
    [5, 63],
    [21, 63],
  ])('the variance ratio of %d sessions within %d is 1 on average for a random walk, whatever its drift', (horizon, window) => {
    const walks = 4000;
    const rng = createRng(9).fork('walks');
    let logPrice = 0;
    const bars = barsAt(Array.from({ length: (walks + 1) * window + 1 }, () => Math.exp((logPrice += 0.0005 + 0.01 * rng.normal()))));
    const all = varianceRatio(horizon, window).compute(seriesOf(bars, {}, {}, new Int32Array(bars.close.length)));
    const ratios = Array.from({ length: walks }, (_, walk) => all[(walk + 2) * window]);
    expect(Math.abs(mean(ratios) - 1)).toBeLessThan(2 * Math.sqrt(variance(ratios) / walks));
  });

  it('a path with a hole has no variance ratio', () => {
    const bars = cleanBars(64);
    expect(lastOf(varianceRatio(5, 63), bars)).toBeGreaterThan(0);
    expect(lastOf(varianceRatio(5, 63), without(bars, 30))).toBeNaN();
  });

  it('a path with a hole has no efficiency', () => {
    expect(lastOf(efficiencyRatio(21), without(up, 250))).toBeNaN();
  });
});
