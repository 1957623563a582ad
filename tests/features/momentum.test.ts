import { describe, expect, it } from 'vitest';

import type { SeriesFeature } from '../../src/features/feature.js';
import { MOMENTUM } from '../../src/features/momentum/family.js';
import { informationDiscreteness } from '../../src/features/momentum/information-discreteness.js';
import { intradayMomentum } from '../../src/features/momentum/intraday-momentum.js';
import { momentumAcceleration } from '../../src/features/momentum/momentum-acceleration.js';
import { overnightMomentum } from '../../src/features/momentum/overnight-momentum.js';
import { seasonalReturn } from '../../src/features/momentum/seasonal-return.js';
import { upDaysShare } from '../../src/features/momentum/up-days-share.js';
import { upMonthsShare } from '../../src/features/momentum/up-months-share.js';
import { volatilityScaledMomentum } from '../../src/features/momentum/volatility-scaled-momentum.js';
import { volatilityScaledReturn } from '../../src/features/momentum/volatility-scaled-return.js';
import { cleanBars, mapBars, seriesOf } from './bars.js';
import { barsAt, expectDefinition, lastOf, share, span, sum, without, type Definition } from './definitions.js';

const definitions: Readonly<Record<string, Definition>> = {
  'momentum-12-1': ({ C }) => (C(21) - C(252)) / C(252),
  'momentum-6-1': ({ C }) => (C(21) - C(126)) / C(126),
  'momentum-3-1': ({ C }) => (C(21) - C(63)) / C(63),
  'momentum-12-7': ({ C }) => (C(126) - C(252)) / C(252),
  'return-21': ({ C }) => (C(0) - C(21)) / C(21),
  'return-5': ({ C }) => (C(0) - C(5)) / C(5),
  'return-1': ({ C }) => (C(0) - C(1)) / C(1),
  'volatility-scaled-momentum-12-1': ({ r }) => sum(span(231, r, 21)) / Math.sqrt(sum(span(231, (ago) => r(ago) ** 2, 21))),
  'volatility-scaled-return-5-63': ({ r }) => sum(span(5, r)) / Math.sqrt((5 / 63) * sum(span(63, (ago) => r(ago) ** 2))),
  'momentum-acceleration-126': ({ C }) => (C(0) - C(63)) / C(63) - (C(63) - C(126)) / C(126),
  'information-discreteness-252': ({ C, r }) => (C(21) > C(252) ? 1 : -1) * (share(span(231, r, 21).map((value) => value < 0)) - share(span(231, r, 21).map((value) => value > 0))),
  'up-days-share-21': ({ C }) => share(Array.from({ length: 21 }, (_, ago) => C(ago) > C(ago + 1))),
  'up-months-share-252': ({ C }) => share(Array.from({ length: 12 }, (_, month) => C(21 * month) > C(21 * (month + 1)))),
  'seasonal-return-252': ({ C }) => (C(231) - C(252)) / C(252),
  'overnight-momentum-21': ({ O, C }) => sum(span(21, (ago) => Math.log(O(ago) / C(ago + 1)))),
  'intraday-momentum-21': ({ O, C }) => sum(span(21, (ago) => Math.log(C(ago) / O(ago)))),
};

describe('momentum features', () => {
  it.each(MOMENTUM.map((feature) => [feature.name, feature] as const))('%s equals its definition, written out', (name, feature) => {
    expectDefinition(feature as SeriesFeature, definitions[name]);
  });
});

describe('volatility-scaled-momentum', () => {
  /** 253 closes that gain 20 % up to a month ago, in steps that swing by `swing`. */
  const rising = (swing: number) => barsAt(Array.from({ length: 253 }, (_, t) => 100 * Math.exp((Math.min(t, 231) / 231) * Math.log(1.2) + (t % 2) * (t < 231 ? swing : 0))));

  it('is higher for a steady rise than for a wild one to the same price', () => {
    expect(lastOf(volatilityScaledMomentum, rising(0.001))).toBeGreaterThan(2 * lastOf(volatilityScaledMomentum, rising(0.02)));
  });

  it('tolerates a missing session a month, not a missing month', () => {
    const bars = cleanBars(300);
    expect(lastOf(volatilityScaledMomentum, without(bars, 100, 150))).toBeCloseTo(lastOf(volatilityScaledMomentum, bars), 0);
    expect(lastOf(volatilityScaledMomentum, without(bars, ...Array.from({ length: 21 }, (_, i) => 100 + i)))).toBeNaN();
  });

  it('is NaN where prices never moved', () => {
    expect(lastOf(volatilityScaledMomentum, barsAt(new Float64Array(260).fill(50)))).toBeNaN();
    expect(lastOf(volatilityScaledReturn(5, 63), barsAt(new Float64Array(70).fill(50)))).toBeNaN();
  });
});

describe('momentum-acceleration', () => {
  it('is positive when the second half outdoes the first', () => {
    const bars = barsAt(Array.from({ length: 127 }, (_, t) => (t < 63 ? 100 : t < 126 ? 110 : 132)));
    expect(lastOf(momentumAcceleration(126), bars)).toBeCloseTo(0.2 - 0.1, 12);
  });
});

describe('information-discreteness', () => {
  it('is −1 when every session went the way of the year', () => {
    expect(lastOf(informationDiscreteness, barsAt(Array.from({ length: 253 }, (_, t) => 100 + t)))).toBe(-1);
    expect(lastOf(informationDiscreteness, barsAt(Array.from({ length: 253 }, (_, t) => 500 - t)))).toBe(-1);
  });

  it('is near 1 when one jump outweighs small steps the other way', () => {
    const jump = barsAt(Array.from({ length: 253 }, (_, t) => (t < 100 ? 100 : 200) - 0.1 * t));
    expect(lastOf(informationDiscreteness, jump)).toBeCloseTo((230 - 1) / 231, 12);
  });

  it('does not see the last month', () => {
    const bars = cleanBars(300);
    const shocked = mapBars(bars, (values) => values.map((value, t) => (t > 299 - 21 ? value * (1 + (t % 2)) : value)));
    expect(lastOf(informationDiscreteness, shocked)).toBe(lastOf(informationDiscreteness, bars));
  });
});

describe('shares of rises', () => {
  it('count days, a close that stood still among those that did not rise', () => {
    // rise, fall, still, rise
    expect(lastOf(upDaysShare(4), barsAt([10, 11, 10, 10, 12]))).toBe(0.5);
  });

  it('count months of 21 sessions', () => {
    const bars = barsAt(Array.from({ length: 64 }, (_, t) => [100, 110, 105, 120][Math.floor(t / 21)]));
    expect(lastOf(upMonthsShare(63), bars)).toBeCloseTo(2 / 3, 12);
    expect(lastOf(upMonthsShare(63), without(bars, 21))).toBeNaN();
  });
});

describe('seasonal-return', () => {
  it('is what the coming month did a year ago, and nothing since', () => {
    const bars = barsAt(Array.from({ length: 253 }, (_, t) => (t === 0 ? 80 : t === 21 ? 100 : 7)));
    expect(lastOf(seasonalReturn, bars)).toBeCloseTo(0.25, 12);
  });
});

describe('overnight and intraday momentum', () => {
  it('add up to the whole return', () => {
    const bars = cleanBars(60);
    const total = Math.log(bars.close[59] / bars.close[38]);
    expect(lastOf(overnightMomentum(21), bars) + lastOf(intradayMomentum(21), bars)).toBeCloseTo(total, 12);
  });

  it('tell nights from days', () => {
    const nights = mapBars(cleanBars(30), (values, name) => values.map((_, t) => (name === 'volume' ? 1e6 : 100 * 1.01 ** t))); // opens higher, then stands still
    expect(lastOf(overnightMomentum(21), nights)).toBeCloseTo(21 * Math.log(1.01), 12);
    expect(lastOf(intradayMomentum(21), nights)).toBeCloseTo(0, 12);
  });
});

describe('a price that is not positive', () => {
  it('leaves NaN, never infinity', () => {
    const bars = mapBars(cleanBars(320), (values) => values.map((value, t) => (t === 60 ? 0 : value)));
    for (const feature of MOMENTUM as readonly SeriesFeature[]) {
      const values = feature.compute(seriesOf(bars)).filter((value) => Math.abs(value) === Infinity);
      expect(values, feature.name).toHaveLength(0);
    }
  });
});
