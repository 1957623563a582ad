import { describe, expect, it } from 'vitest';
import { fromEpochDay } from '../../../src/core/dates.js';
import { findIssues } from '../../../src/data/quality/inspect.js';
import { QUALITY_RULES } from '../../../src/data/quality/registry.js';
import { duplicateFinding } from '../../../src/data/quality/rules/duplicate-bar.js';
import { FIRST_DAY, panelOf, quietMarket, remove, scale, type Market } from './market.js';

/** `rule from..to @ knownAt` by position in the made market. */
function found(market: Market): string[] {
  const at = (date: string): number => (Date.parse(date) / 86_400_000) - FIRST_DAY;
  return findIssues(panelOf(market)).map(({ rule, session, end, knownAt }) => `${rule} ${at(session)}..${at(end)} @${at(knownAt)}`);
}

describe('rules of single bars', () => {
  it('find nothing in ordinary bars', () => {
    expect(found(quietMarket({ symbols: 20, sessions: 500 }))).toEqual([]);
  });

  it('find a high below the low', () => {
    const market = quietMarket();
    [market.columns.high[50], market.columns.low[50]] = [market.columns.low[50], market.columns.high[50]];
    expect(found(market)).toEqual(['high-below-low 50..50 @50']);
  });

  it.each([
    ['open', 1.05],
    ['close', 0.97],
  ] as const)('find %s outside the range', (name, factor) => {
    const market = quietMarket();
    market.columns[name][50] = (factor > 1 ? market.columns.high : market.columns.low)[50] * factor;
    expect(found(market).filter((line) => line.startsWith('price-outside-range'))).toEqual(['price-outside-range 50..50 @50']);
  });

  it('forgive rounding of float32', () => {
    const market = quietMarket();
    market.columns.close[50] = market.columns.high[50] * (1 + 5e-7);
    expect(found(market)).toEqual([]);
    market.columns.close[50] = market.columns.high[50] * (1 + 2e-6);
    expect(found(market)).toEqual(['price-outside-range 50..50 @50']);
  });

  it.each([0, -3, Infinity, -Infinity])('find the price %s', (price) => {
    const market = quietMarket();
    market.columns.open[50] = price;
    expect(found(market)).toContain('non-positive-price 50..50 @50');
  });

  it('find a bar without an open, and say what is missing', () => {
    const market = quietMarket();
    market.columns.open[50] = Number.NaN;
    expect(found(market)).toEqual(['incomplete-bar 50..50 @50']);
    expect(findIssues(panelOf(market))[0].detail).toBe('expected open, high, low and close, found no open');
  });

  it('find a bar without volume, not one whose volume is unknown', () => {
    const market = quietMarket();
    market.columns.volume[50] = 0;
    market.columns.volume[60] = Number.NaN;
    expect(found(market)).toEqual(['zero-volume 50..50 @50']);
  });

  it('find a high that was mistyped, at its own session', () => {
    const market = quietMarket();
    market.columns.high[50] *= 1.5;
    expect(found(market)).toEqual(['wild-range 50..50 @50']);
  });
});

describe('rules of several bars', () => {
  it('find a gap once the bars go on, and none before the first or after the last bar', () => {
    const market = quietMarket();
    remove(market, { from: 0, to: 10 });
    remove(market, { from: 50, to: 53 });
    remove(market, { from: 110, to: 120 });
    expect(found(market)).toEqual(['missing-session 50..52 @53']);
  });

  it('find prices that stand still for five sessions, in blocks of five', () => {
    const market = quietMarket();
    for (const name of ['open', 'high', 'low', 'close'] as const) market.columns[name].fill(market.columns[name][40], 40, 52);
    const stale = found(market).filter((line) => line.startsWith('stale-price'));
    expect(stale).toEqual(['stale-price 40..44 @44', 'stale-price 45..49 @49']);
  });

  it('find the bar of another date, known when that date comes', () => {
    const market = quietMarket();
    for (const values of Object.values(market.columns)) values[50] = values[57]!;
    expect(found(market).filter((line) => line.startsWith('repeated-bar'))).toEqual(['repeated-bar 50..50 @57']);
  });

  it('find no repetition when the volume differs', () => {
    const market = quietMarket();
    for (const values of Object.values(market.columns)) values[50] = values[57]!;
    market.columns.volume[50] *= 1.5;
    expect(found(market).filter((line) => line.startsWith('repeated-bar'))).toEqual([]);
  });
});

describe('a bad print that reverts', () => {
  it('is suspect at its session and known at the next', () => {
    const market = quietMarket();
    scale(market, 1.15, { from: 60, to: 61 });
    expect(found(market)).toEqual(['reverting-print 60..60 @61', 'suspect-jump 60..60 @60']);
  });

  it('is found when only the close is wrong', () => {
    const market = quietMarket();
    market.columns.close[60] /= 2;
    expect(found(market)).toEqual(['price-outside-range 60..60 @60', 'reverting-print 60..60 @61', 'suspect-jump 60..60 @60']);
  });

  it('is found when only the close, and with it the low, is wrong', () => {
    const market = quietMarket();
    market.columns.close[60] *= 0.85;
    market.columns.low[60] = market.columns.close[60]!;
    expect(found(market)).toEqual(['reverting-print 60..60 @61', 'suspect-jump 60..60 @60']);
  });

  it('is found across sessions without bars', () => {
    const market = quietMarket();
    scale(market, 0.8, { from: 60, to: 61 });
    remove(market, { from: 61, to: 63 });
    expect(found(market)).toContain('reverting-print 60..60 @63');
  });

  it('is none when the volume tells of news', () => {
    const market = quietMarket();
    scale(market, 1.15, { from: 60, to: 61 });
    market.columns.volume[60] *= 6;
    expect(found(market)).toEqual([]);
  });

  it('is none when the range reaches back to the day before', () => {
    const market = quietMarket();
    scale(market, 1.06, { from: 60, to: 61 });
    market.columns.low[60] = market.columns.close[59]!;
    expect(found(market)).toEqual([]);
  });

  it('is none when the next bar starts within its range', () => {
    const market = quietMarket();
    scale(market, 1.08, { from: 60, to: 61 });
    market.columns.high[61] = market.columns.low[60] * 1.001;
    expect(found(market)).toEqual(['suspect-jump 60..60 @60']);
  });

  it('is none when the symbol always moves that much', () => {
    const calm = quietMarket();
    scale(calm, 1.04, { from: 60, to: 61 });
    expect(found(calm)).toContain('reverting-print 60..60 @61');
    const wild = quietMarket();
    for (let t = 1; t < 120; t += 2) scale(wild, 1.04, { from: t, to: t + 1 });
    expect(found(wild)).toEqual([]);
  });

  it('is not looked for before 20 bars of history', () => {
    const market = quietMarket();
    scale(market, 1.3, { from: 15, to: 16 });
    expect(found(market)).toEqual([]);
  });
});

describe('a level that shifts', () => {
  it('is suspect at its session and known at the next', () => {
    const market = quietMarket();
    scale(market, 0.7, { from: 60 });
    expect(found(market)).toEqual(['level-shift 60..60 @61', 'suspect-jump 60..60 @60']);
  });

  it.each([
    [0.5, 0.5],
    [1 / 3, 1 / 3],
    [4, 4],
    [0.74, null],
  ])('names the ratio %f, exactly when it is that of a split', (factor, exact) => {
    const market = quietMarket();
    scale(market, factor, { from: 60 });
    const shift = findIssues(panelOf(market)).find(({ rule }) => rule === 'level-shift');
    expect(shift?.value).toBeCloseTo(factor, 1);
    if (exact !== null) expect(shift?.value).toBe(exact);
  });

  it('is none when the next bar takes back more than half', () => {
    const market = quietMarket();
    scale(market, 0.7, { from: 60, to: 61 });
    scale(market, 0.95, { from: 61 });
    // the way back is traded, so that no hole is left between the ranges
    market.columns.low[61] = market.columns.high[60] * 0.999;
    expect(found(market).filter((line) => line.startsWith('level-shift'))).toEqual([]);
  });

  it('is none on the volume of a crash', () => {
    const market = quietMarket();
    scale(market, 0.7, { from: 60 });
    market.columns.volume[60] *= 40;
    expect(found(market)).toEqual([]);
  });

  it('is none within the wide range of a panic', () => {
    const market = quietMarket();
    scale(market, 0.3, { from: 60 });
    expect(found(market).filter((line) => line.startsWith('level-shift'))).toHaveLength(1);
    market.columns.high[60] *= 1.3;
    expect(found(market).filter((line) => line.startsWith('level-shift'))).toEqual([]);
  });

  it('is none when the adjusted close explains it', () => {
    const market = quietMarket();
    const adjusted = market.columns.close.slice();
    scale(market, 0.7, { from: 60 });
    const bars = panelOf(market);
    expect(findIssues(bars.with({ adjusted_close: adjusted }))).toEqual([]);
    expect(findIssues(bars.with({ adjusted_close: market.columns.close.slice() })).map(({ rule }) => rule)).toContain('level-shift');
  });

  it('is not made up by adjusted closes that come and go', () => {
    const market = quietMarket();
    const adjusted = market.columns.close.map((close, t) => (t < 40 || (t > 60 && t < 70) ? Number.NaN : close * 0.8));
    expect(findIssues(panelOf(market).with({ adjusted_close: adjusted }))).toEqual([]);
  });
});

describe('the registry', () => {
  it('has unique names and defaults among the policies', () => {
    expect(new Set(QUALITY_RULES.map(({ name }) => name)).size).toBe(QUALITY_RULES.length);
    for (const { name, policies, defaultPolicy, describe: text } of QUALITY_RULES) {
      expect(policies, name).toContain(defaultPolicy);
      expect(text.length, name).toBeGreaterThan(20);
    }
  });

  it('offers repair only where a rule carries it out', () => {
    const panelRules = QUALITY_RULES.filter(({ name }) => name !== 'duplicate-bar');
    expect(panelRules.filter(({ policies, apply }) => policies.includes('repair') && !apply)).toEqual([]);
  });

  it('words the finding of duplicates', () => {
    expect(duplicateFinding('A', fromEpochDay(FIRST_DAY), 3, 'mask')).toMatchObject({ rule: 'duplicate-bar', session: '2020-01-01', knownAt: '2020-01-01', value: 3, detail: 'expected one row, found 3' });
  });
});
