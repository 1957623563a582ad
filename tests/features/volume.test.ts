import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import type { SeriesFeature } from '../../src/features/feature.js';
import { amihudIlliquidity } from '../../src/features/volume/amihud-illiquidity.js';
import { chaikinMoneyFlow } from '../../src/features/volume/chaikin-money-flow.js';
import { corwinSchultzSpread } from '../../src/features/volume/corwin-schultz-spread.js';
import { dollarVolumeVariation } from '../../src/features/volume/dollar-volume-variation.js';
import { VOLUME } from '../../src/features/volume/family.js';
import { logDollarVolume } from '../../src/features/volume/log-dollar-volume.js';
import { onBalanceVolume } from '../../src/features/volume/on-balance-volume.js';
import { priceImpact } from '../../src/features/volume/price-impact.js';
import { relativeVolume } from '../../src/features/volume/relative-volume.js';
import { rollSpread } from '../../src/features/volume/roll-spread.js';
import { upVolumeShare } from '../../src/features/volume/up-volume-share.js';
import { volumeRank } from '../../src/features/volume/volume-rank.js';
import { volumeReturnCorrelation } from '../../src/features/volume/volume-return-correlation.js';
import { volumeTrend } from '../../src/features/volume/volume-trend.js';
import { volumeZScore } from '../../src/features/volume/volume-z-score.js';
import { zeroReturnShare } from '../../src/features/volume/zero-return-share.js';
import { cleanBars, mapBars, seriesOf, type Bars } from './bars.js';
import { barsAt, expectDefinition, lastOf, mean, share, span, sum, variance, without, type Definition, type Paper } from './definitions.js';

const traded = ({ C, V }: Paper) => (ago: number): number => C(ago) * V(ago);
const covariance = (x: readonly number[], y: readonly number[]): number => sum(x.map((value, i) => (value - mean(x)) * (y[i] - mean(y)))) / (x.length - 1);

/** Corwin and Schultz's spread of today and the day before, by the equations of the paper. */
function corwinSchultz({ H, L, C }: Paper, ago: number): number {
  const gap = L(ago) > C(ago + 1) ? L(ago) - C(ago + 1) : H(ago) < C(ago + 1) ? H(ago) - C(ago + 1) : 0;
  const [highs, lows] = [[H(ago) - gap, H(ago + 1)], [L(ago) - gap, L(ago + 1)]];
  const beta = sum(highs.map((high, i) => Math.log(high / lows[i]) ** 2));
  const gamma = Math.log(Math.max(...highs) / Math.min(...lows)) ** 2;
  const alpha = (Math.sqrt(2 * beta) - Math.sqrt(beta)) / (3 - 2 * Math.sqrt(2)) - Math.sqrt(gamma / (3 - 2 * Math.sqrt(2)));
  return Math.max(0, (2 * (Math.exp(alpha) - 1)) / (1 + Math.exp(alpha)));
}

const definitions: Readonly<Record<string, Definition>> = {
  'amihud-illiquidity-21': (now) => 1e6 * mean(span(21, (ago) => Math.abs(now.C(ago) / now.C(ago + 1) - 1) / traded(now)(ago))),
  'log-dollar-volume-21': (now) => Math.log(mean(span(21, traded(now)))),
  'dollar-volume-variation-63': (now) => Math.sqrt(variance(span(63, traded(now)))) / mean(span(63, traded(now))),
  'volume-z-score-63': ({ V }) => {
    const logs = span(63, (ago) => Math.log(V(ago)));
    return (logs[62] - mean(logs)) / Math.sqrt(variance(logs));
  },
  'relative-volume-21': ({ V }) => V(0) / mean(span(21, V, 1)),
  'volume-trend-5-63': ({ V }) => Math.log(mean(span(5, V)) / mean(span(63, V))),
  'volume-rank-50': ({ V }) => share(span(50, V).map((value) => value <= V(0))),
  'on-balance-volume-21': ({ C, V }) => sum(span(21, (ago) => (C(ago) > C(ago + 1) ? V(ago) : -V(ago)))) / sum(span(21, V)),
  'chaikin-money-flow-21': ({ H, L, C, V }) => sum(span(21, (ago) => ((C(ago) - L(ago) - (H(ago) - C(ago))) / (H(ago) - L(ago))) * V(ago))) / sum(span(21, V)),
  'up-volume-share-63': ({ C, V }) => sum(span(63, (ago) => (C(ago) > C(ago + 1) ? V(ago) : 0))) / sum(span(63, V)),
  'volume-return-correlation-21': ({ r, V }) => {
    const [returns, logs] = [span(21, r), span(21, (ago) => Math.log(V(ago)))];
    return covariance(returns, logs) / Math.sqrt(variance(returns) * variance(logs));
  },
  'price-impact-21': ({ r, V }) => {
    const [returns, signed] = [span(21, r), span(21, (ago) => (Math.sign(r(ago)) * V(ago)) / mean(span(21, V)))];
    return covariance(returns, signed) / variance(signed);
  },
  'zero-return-share-63': ({ C }) => share(span(63, (ago) => C(ago) - C(ago + 1)).map((change) => change === 0)),
  'corwin-schultz-spread-21': (now) => mean(span(21, (ago) => corwinSchultz(now, ago))),
  'roll-spread-63': ({ r }) => 2 * Math.sqrt(Math.max(0, -covariance(span(63, r), span(63, r, 1)))),
};

describe('volume and liquidity features', () => {
  it.each(VOLUME.map((feature) => [feature.name, feature] as const))('%s equals its definition, written out', (name, feature) => {
    expectDefinition(feature as SeriesFeature, definitions[name]);
  });

  it('leave NaN, never infinity, where nothing is traded or a price is 0', () => {
    const spoilt = mapBars(cleanBars(200), (values, name) => values.map((value, t) => (t === 60 || (name === 'volume' && t > 120) ? 0 : value)));
    for (const feature of VOLUME as readonly SeriesFeature[]) expect(feature.compute(seriesOf(spoilt)).filter((found) => Math.abs(found) === Infinity), feature.name).toHaveLength(0);
    for (const feature of [amihudIlliquidity(21), logDollarVolume(21), dollarVolumeVariation(63), volumeZScore(63), relativeVolume(21), onBalanceVolume(21), chaikinMoneyFlow(21), upVolumeShare(63), volumeReturnCorrelation(21), priceImpact(21)]) {
      expect(lastOf(feature, spoilt), feature.name).toBeNaN();
    }
  });
});

/** Closes from 100 after the returns given, with the volumes given. */
const days = (...rows: readonly (readonly [number, number])[]): Bars => {
  let close = 100;
  const bars = barsAt([100, ...rows.map(([change]) => (close *= 1 + change))]);
  return { ...bars, volume: Float64Array.of(1, ...rows.map(([, volume]) => volume)) };
};

describe('liquidity', () => {
  it('Amihud: 2 % on 4 million and 1 % on 1 million are 0.75 % a million', () => {
    const bars = { ...barsAt([100, 102, 103.02]), volume: Float64Array.of(1, 4e6 / 102, 1e6 / 103.02) };
    expect(lastOf(amihudIlliquidity(2), bars)).toBeCloseTo(0.0075, 12);
  });

  it('Amihud and dollar volume read the value as quoted, not adjusted prices', () => {
    const bars = cleanBars(40);
    const dollarVolume = bars.close.map((close, t) => 3 * close * bars.volume[t]);
    const as = (feature: SeriesFeature): number => feature.compute(seriesOf(bars, { dollarVolume }))[39];
    expect(as(amihudIlliquidity(21))).toBeCloseTo(lastOf(amihudIlliquidity(21), bars) / 3, 12);
    expect(as(logDollarVolume(21))).toBeCloseTo(lastOf(logDollarVolume(21), bars) + Math.log(3), 12);
  });

  it('zero returns are counted', () => {
    expect(lastOf(zeroReturnShare(4), barsAt([10, 10, 11, 11, 11]))).toBe(0.75);
  });

  it('price impact is the return of a mean day on one side', () => {
    const bars = days([0.01, 1e6], [-0.02, 2e6], [0.03, 3e6], [-0.01, 1e6], [0.02, 2e6]);
    expect(lastOf(priceImpact(5), bars)).toBeCloseTo(0.018, 3); // 1 % a million, 1.8 million a day
    expect(lastOf(priceImpact(5), { ...bars, volume: bars.volume.map((value) => 7 * value) })).toBeCloseTo(lastOf(priceImpact(5), bars), 12);
  });
});

/** Bars of trades at bid or ask, half the spread from a random walk, seen `steps` times a session. */
function bouncing({ spread, daily, sessions = 260, steps = 200 }: { spread: number; daily: number; sessions?: number; steps?: number }): Bars {
  const rng = createRng(9).fork('bounce');
  const bars = mapBars(cleanBars(sessions), (values) => values);
  let log = Math.log(50);
  const trade = (): number => Math.exp(log) * (1 + (rng.float() < 0.5 ? -0.5 : 0.5) * spread);
  for (let t = 0; t < sessions; t++) {
    const course = Array.from({ length: steps }, () => {
      log += (daily / Math.sqrt(steps)) * rng.normal();
      return trade();
    });
    bars.open[t] = course[0];
    bars.close[t] = course[steps - 1];
    bars.high[t] = Math.max(...course);
    bars.low[t] = Math.min(...course);
  }
  return bars;
}

describe('spreads found in bars without quotes', () => {
  const typical = (feature: SeriesFeature, bars: Bars): number => mean(Array.from(feature.compute(seriesOf(bars))).filter((value) => !Number.isNaN(value)));

  it.each([0.01, 0.02, 0.04])('Corwin–Schultz finds a spread of %d', (spread) => {
    expect(typical(corwinSchultzSpread(21), bouncing({ spread, daily: 0.01 })) / spread).toBeGreaterThan(0.7);
    expect(typical(corwinSchultzSpread(21), bouncing({ spread, daily: 0.01 })) / spread).toBeLessThan(1.3);
  });

  it.each([0.02, 0.04])('Roll finds a spread of %d', (spread) => {
    expect(typical(rollSpread(63), bouncing({ spread, daily: 0.005 })) / spread).toBeGreaterThan(0.7);
    expect(typical(rollSpread(63), bouncing({ spread, daily: 0.005 })) / spread).toBeLessThan(1.3);
  });

  it('Corwin–Schultz takes a gap for no spread', () => {
    const plain = bouncing({ spread: 0.01, daily: 0.01 });
    const gapped = mapBars(plain, (values, name) => (name === 'volume' ? values : values.map((value, t) => value * 1.1 ** t)));
    const ratio = typical(corwinSchultzSpread(21), gapped) / typical(corwinSchultzSpread(21), plain);
    expect(ratio).toBeGreaterThan(0.3); // unadjusted, the range of two sessions would dwarf that of one and leave 0
    expect(ratio).toBeLessThan(1.5);
  });

  it('Roll is 0 where moves go on, Corwin–Schultz where a day has no range', () => {
    const trending = barsAt(Array.from({ length: 80 }, (_, t) => 100 * Math.exp(0.05 * Math.sin(t / 8))));
    expect(lastOf(rollSpread(63), trending)).toBe(0);
    expect(lastOf(corwinSchultzSpread(21), barsAt(new Float64Array(30).fill(10)))).toBe(0);
  });
});

describe('what volume says', () => {
  const steady = Array.from({ length: 70 }, (_, t) => [t % 2 === 0 ? 0.01 : -0.01, 1e6 + 1000 * (t % 3)] as const);
  const surge = days(...steady.slice(1), [0.03, 5e6]);

  it('a surge is unusual, relative to what was before and in rank', () => {
    expect(lastOf(volumeZScore(63), surge)).toBeGreaterThan(5);
    expect(lastOf(relativeVolume(21), surge)).toBeCloseTo(5, 1);
    expect(lastOf(volumeRank(50), surge)).toBe(1);
    expect(lastOf(volumeTrend(5, 63), surge)).toBeGreaterThan(0.4);
    expect(lastOf(dollarVolumeVariation(63), surge)).toBeGreaterThan(10 * lastOf(dollarVolumeVariation(63), days(...steady)));
  });

  it('on-balance volume and the share of rising volume follow the side it is on', () => {
    const buying = days([0.01, 3e6], [-0.01, 1e6], [0.02, 2e6], [0, 2e6]);
    expect(lastOf(onBalanceVolume(4), buying)).toBeCloseTo((3 - 1 + 2) / 8, 12);
    expect(lastOf(upVolumeShare(4), buying)).toBeCloseTo(5 / 6, 12); // the still day counts nowhere
    expect(lastOf(volumeReturnCorrelation(3), days([0.02, 3e6], [-0.01, 1e6], [0.01, 2e6]))).toBeGreaterThan(0.9);
  });

  it('money flow goes with the place of the close, days without a range counting as its middle', () => {
    const bars = mapBars(cleanBars(4), (values) => values);
    bars.high.set([10, 10, 10, 8]);
    bars.low.set([8, 8, 8, 8]);
    bars.close.set([10, 8, 9.5, 8]);
    bars.volume.set([1e6, 2e6, 4e6, 3e6]);
    expect(lastOf(chaikinMoneyFlow(4), bars)).toBeCloseTo((1 - 2 + 0.5 * 4) / 10, 12);
  });

  it('goes on over a missing session', () => {
    for (const feature of VOLUME as readonly SeriesFeature[]) expect(lastOf(feature, without(cleanBars(100), 90)), feature.name).not.toBeNaN();
  });
});
