import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import type { SeriesFeature } from '../../src/features/feature.js';
import { gapFilled } from '../../src/features/structure/gap-filled.js';
import { higherLows } from '../../src/features/structure/higher-lows.js';
import { insideDay } from '../../src/features/structure/inside-day.js';
import { narrowestRange } from '../../src/features/structure/narrowest-range.js';
import { outsideDay } from '../../src/features/structure/outside-day.js';
import { newHigh } from '../../src/features/structure/sessions-since-high.js';
import { averageDirectionalIndex, directionalMovement } from '../../src/features/trend/directional-movement.js';
import { moneyFlowIndex } from '../../src/features/trend/money-flow-index.js';
import { varianceRatio } from '../../src/features/trend/variance-ratio.js';
import { seriesOf, type Bars } from './bars.js';

const LENGTH = 300;
const FACTOR = 0.731; // of later dividends

interface Ticks {
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** Quoted prices as they arrive: single precision, adjusted by the quotient of adjusted and quoted close, which is single precision too. */
function stored(quoteAt: (t: number) => Ticks): Bars {
  const quotes = Array.from({ length: LENGTH }, (_, t) => quoteAt(t));
  const column = (of: (quote: Ticks) => number): Float64Array =>
    Float64Array.from(quotes, (quote) => (Math.fround(of(quote)) * Math.fround(quote.close * FACTOR)) / Math.fround(quote.close));
  const close = column((quote) => quote.close);
  return { open: close.slice(), high: column((quote) => quote.high), low: column((quote) => quote.low), close, volume: new Float64Array(LENGTH).fill(1e6) };
}

const rng = createRng(4).fork('ties');
const ticks = Array.from({ length: LENGTH }, () => Math.round(80 * rng.float()));

/** The same range every session, closing somewhere in it. */
const level = stored((t) => ({ high: 50.37, low: 49.11, close: 49.37 + ticks[t] / 100 }));
/** The typical price the same every session: what the close gains the high loses. */
const balanced = stored((t) => ({ high: 51.2 - ticks[t] / 100, low: 49.11, close: 49.37 + ticks[t] / 100 }));
/** Every session trades from the close before, at one end of its range, to its own close at the other. */
const touching = stored((t) => {
  const [before, close] = [ticks[Math.max(0, t - 1)], ticks[t]].map((count) => 49.37 + count / 100);
  return { high: Math.max(before, close), low: Math.min(before, close), close };
});
/** Lower by a tick every session, as high as before. */
const lower = stored((t) => ({ high: 50.37, low: 48 - t / 100, close: 49.37 + ticks[t] / 100 }));
/** Wider by a tick on both sides every session. */
const widening = stored((t) => ({ high: 60 + t / 100, low: 50 - t / 100, close: 55 + ticks[t] / 100 }));

const found = (feature: SeriesFeature, bars: Bars): number[] => [...new Set(feature.compute(seriesOf(bars)).slice(feature.lookback))];

describe('prices that are equal as quoted and differ as stored', () => {
  it('do differ', () => {
    expect(new Set(level.high).size).toBeGreaterThan(10);
    expect(touching.low.filter((low, t) => low > touching.close[t - 1]).length).toBeGreaterThan(10);
  });

  it.each<[string, SeriesFeature, Bars, number]>([
    ['an inside day', insideDay, level, 1],
    ['no outside day', outsideDay, lower, 0],
    ['the narrowest range', narrowestRange(7), level, 1],
    ['a new high, reached again', newHigh(252), level, 1],
    ['no higher low', higherLows(10), level, 0],
    ['a gap filled', gapFilled, touching, 1],
    ['no direction', directionalMovement(14), level, Number.NaN],
    ['no direction where both sides move alike', directionalMovement(14), widening, Number.NaN],
    ['no direction on average', averageDirectionalIndex(14), level, Number.NaN],
    ['no flow of money', moneyFlowIndex(14), balanced, Number.NaN],
  ])('are %s', (_, feature, bars, expected) => {
    expect(found(feature, bars)).toEqual([expected]);
  });

  it('a tick is not among them', () => {
    const wider = stored((t) => ({ high: 50.37 + (t % 2) / 100, low: 49.11 - (t % 2) / 100, close: 49.37 + ticks[t] / 100 }));
    const at = (feature: SeriesFeature): number[] => [...feature.compute(seriesOf(wider)).slice(-2)]; // narrow, then wide
    expect([at(insideDay), at(outsideDay), at(narrowestRange(7)), at(newHigh(252))]).toEqual([
      [1, 0],
      [0, 1],
      [1, 0],
      [0, 1],
    ]);
    const rising = stored((t) => ({ high: 50.37 + t / 100, low: 49.11 + t / 100, close: 49.37 + t / 100 }));
    expect([found(higherLows(10), rising), found(directionalMovement(14), rising), found(moneyFlowIndex(14), rising)]).toEqual([[10], [1], [1]]);
  });

  it('are no moves to compare variances of', () => {
    const still = stored(() => ({ high: 50.37, low: 50.37, close: 50.37 }));
    const shaken = { ...still, close: still.close.map((price, t) => price * (1 + 1e-7 * (ticks[t] % 2))) };
    expect(found(varianceRatio(5, 63), shaken)).toEqual([Number.NaN]);
  });
});
