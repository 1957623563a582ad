import { describe, expect, it } from 'vitest';
import { addDays, fromEpochDay, type IsoDate } from '../../../src/core/dates.js';
import { ConfigError } from '../../../src/core/errors.js';
import { applyPolicies, findIssues } from '../../../src/data/quality/inspect.js';
import type { QualityFinding } from '../../../src/data/quality/finding.js';
import { summarizeFindings } from '../../../src/data/quality/summary.js';
import { FIRST_DAY, panelOf, quietMarket, scale } from './market.js';

const day = (t: number): IsoDate => fromEpochDay(FIRST_DAY + t);

function finding(rule: string, t: number, more: Partial<QualityFinding> = {}): QualityFinding {
  return { rule, symbol: 'S0', session: day(t), end: day(t), knownAt: day(t), detail: 'made', policy: 'mask', value: 0, ...more };
}

describe('policies', () => {
  it('are the defaults unless others are given', () => {
    const market = quietMarket();
    scale(market, 1.15, { from: 60, to: 61 });
    const policyOf = (policies: Parameters<typeof findIssues>[1]) => findIssues(panelOf(market), policies).find(({ rule }) => rule === 'reverting-print')?.policy;
    expect(policyOf({})).toBe('mask');
    expect(policyOf({ 'reverting-print': 'keep' })).toBe('keep');
  });

  it('for an unknown rule are refused with the names of the known ones', () => {
    expect(() => findIssues(panelOf(quietMarket()), { 'bad-prints': 'mask' })).toThrow(ConfigError);
    expect(() => findIssues(panelOf(quietMarket()), { 'bad-prints': 'mask' })).toThrow(/expected one of the quality rules .*reverting-print.*, found "bad-prints"/);
  });

  it('that a rule does not offer are refused', () => {
    expect(() => findIssues(panelOf(quietMarket()), { 'zero-volume': 'repair' })).toThrow('expected keep or mask, found "repair" in data.quality.zero-volume');
  });
});

describe('applyPolicies', () => {
  it('blanks masked bars in every column and leaves its input alone', () => {
    const bars = panelOf(quietMarket({ symbols: 2 })).with({ adjusted_close: new Float64Array(240).fill(7) });
    const before = bars.column('close').slice();
    const applied = applyPolicies(bars, [finding('reverting-print', 60, { symbol: 'S1' })]);
    for (const name of bars.columnNames) {
      const blank = [...applied.column(name)].flatMap((value, cell) => (Number.isNaN(value) ? [cell] : []));
      expect(blank, name).toEqual([120 + 60]);
    }
    expect(bars.column('close')).toEqual(before);
  });

  it('blanks a masked stale price from the fifth session on, as long as it stays, and not the sessions before', () => {
    const market = quietMarket({ symbols: 2 });
    for (const values of Object.values(market.columns)) {
      values.fill(values[120 + 40], 120 + 40, 120 + 52);
      values.fill(values[120 + 80], 120 + 80, 120 + 84);
    }
    const bars = panelOf(market);
    const applied = applyPolicies(bars, findIssues(bars, { 'stale-price': 'mask' }));
    for (const name of ['open', 'high', 'low', 'close', 'volume']) {
      const blank = [...applied.column(name)].flatMap((value, cell) => (Number.isNaN(value) ? [cell - 120] : []));
      expect(blank, name).toEqual([44, 45, 46, 47, 48, 49, 50, 51]);
    }
    expect(applyPolicies(bars, findIssues(bars)).column('close')).toBe(bars.column('close'));
  });

  it('shares the columns that nothing changed and adds both marks', () => {
    const bars = panelOf(quietMarket());
    const applied = applyPolicies(bars, [finding('zero-volume', 60, { policy: 'keep' })]);
    expect(applied.column('close')).toBe(bars.column('close'));
    expect(applied.column('segment')).toEqual(new Float64Array(120));
    expect(applied.column('suspect')).toEqual(new Float64Array(120));
  });

  it('counts masked breaks in segment and keeps history', () => {
    const market = quietMarket({ symbols: 2 });
    scale(market, 0.7, { from: 50, row: 1 });
    scale(market, 0.6, { from: 90, row: 1 });
    const bars = panelOf(market);
    const applied = applyPolicies(bars, findIssues(bars));
    const segment = applied.series('segment', 'S1');
    expect([segment[49], segment[50], segment[89], segment[90], segment[119]]).toEqual([0, 1, 1, 2, 2]);
    expect(applied.series('segment', 'S0').every((value) => value === 0)).toBe(true);
    expect(applied.column('close')).toEqual(bars.column('close'));
  });

  it('marks suspect sessions although their bars are kept', () => {
    const market = quietMarket();
    scale(market, 0.7, { from: 60 });
    const applied = applyPolicies(panelOf(market), findIssues(panelOf(market)));
    expect([...applied.series('suspect', 'S0')].flatMap((value, t) => (value === 1 ? [t] : []))).toEqual([60]);
    expect(applied.series('close', 'S0')[60]).toBe(market.columns.close[60]);
  });

  it('repairs a split: prices and volumes before it come to the new basis', () => {
    const whole = quietMarket();
    const split = quietMarket();
    scale(split, 2, { from: 0, to: 60 });
    for (let t = 0; t < 60; t++) split.columns.volume[t] /= 2;
    const bars = panelOf(split);
    const applied = applyPolicies(bars, findIssues(bars, { 'level-shift': 'repair' }));
    for (const name of ['open', 'high', 'low', 'close', 'volume'] as const) expect(applied.column(name), name).toEqual(panelOf(whole).column(name));
    expect(applied.column('segment').every((value) => value === 0)).toBe(true);
  });

  it('repairs a distribution: prices before it take the ratio of the open, volumes stay', () => {
    const market = quietMarket();
    scale(market, 0.74, { from: 60 });
    const bars = panelOf(market);
    const applied = applyPolicies(bars, findIssues(bars, { 'level-shift': 'repair' }));
    const ratio = market.columns.open[60] / market.columns.close[59];
    expect(applied.series('low', 'S0')[10]).toBeCloseTo(market.columns.low[10] * ratio, 10);
    expect(applied.series('low', 'S0')[60]).toBe(market.columns.low[60]);
    expect(applied.column('volume')).toEqual(bars.column('volume'));
  });

  it('repairs a slightly narrow range and blanks the bar when a price is far off', () => {
    const market = quietMarket();
    const close = (market.columns.close[50] = market.columns.high[50] * 1.01);
    market.columns.open[70] = market.columns.low[70] * 0.9;
    const bars = panelOf(market);
    const applied = applyPolicies(bars, findIssues(bars));
    expect(applied.series('high', 'S0')[50]).toBe(close);
    expect(applied.series('low', 'S0')[50]).toBe(market.columns.low[50]);
    expect(applied.series('close', 'S0')[70]).toBeNaN();
  });

  it('repairs exchanged and wild ranges', () => {
    const market = quietMarket();
    const [high, low] = [market.columns.high[50], market.columns.low[50]];
    [market.columns.high[50], market.columns.low[50]] = [low, high];
    market.columns.high[70] *= 2;
    const bars = panelOf(market);
    const applied = applyPolicies(bars, findIssues(bars, { 'high-below-low': 'repair', 'wild-range': 'repair' }));
    expect([applied.series('high', 'S0')[50], applied.series('low', 'S0')[50]]).toEqual([high, low]);
    expect(applied.series('high', 'S0')[70]).toBe(Math.max(market.columns.open[70], market.columns.close[70]));
  });

  it('carries findings of all bars over to a part of them', () => {
    const market = quietMarket({ symbols: 3 });
    scale(market, 1.15, { from: 60, to: 61, row: 1 });
    scale(market, 0.7, { from: 40, row: 2 });
    const bars = panelOf(market);
    const part = bars.select(['S2', 'S1']).between(day(50), day(100));
    const applied = applyPolicies(part, findIssues(bars));
    expect(applied.value('close', 'S1', day(60))).toBeNaN();
    expect(applied.column('close').filter(Number.isNaN)).toHaveLength(1);
    // a break before the part starts lies in none of its windows
    expect(applied.column('segment').every((value) => value === 0)).toBe(true);
  });

  it('leaves out what was not known at the last session', () => {
    const market = quietMarket();
    scale(market, 1.15, { from: 60, to: 61 });
    const bars = panelOf(market);
    const applied = applyPolicies(bars.until(day(60)), findIssues(bars));
    expect(applied.value('close', 'S0', day(60))).toBe(market.columns.close[60]);
    expect(applied.value('suspect', 'S0', day(60))).toBe(1);
  });

  it('gives the same marks when it is done twice', () => {
    const market = quietMarket();
    scale(market, 0.7, { from: 60 });
    const findings = findIssues(panelOf(market));
    const once = applyPolicies(panelOf(market), findings);
    expect(applyPolicies(once, findings).column('segment')).toEqual(once.column('segment'));
  });
});

describe('summarizeFindings', () => {
  const findings = [
    finding('zero-volume', 5, { policy: 'keep' }),
    ...Array.from({ length: 25 }, (_, i) => finding('reverting-print', 10 + i, { detail: `made ${i}` })),
    finding('reverting-print', 3, { policy: 'keep' }),
  ];

  it('counts by rule and policy in the order of the rules', () => {
    expect(summarizeFindings(findings).map(({ rule, policy, count }) => [rule, policy, count])).toEqual([
      ['reverting-print', 'keep', 1],
      ['reverting-print', 'mask', 25],
      ['zero-volume', 'keep', 1],
    ]);
  });

  it('shows the 20 most recent', () => {
    const { examples } = summarizeFindings(findings)[1];
    expect(examples.map(({ session }) => session)).toEqual(Array.from({ length: 20 }, (_, i) => day(34 - i)));
    expect(examples[0].detail).toBe('made 24');
  });

  it('counts all, but shows only what touches the time since', () => {
    const since = day(33);
    expect(summarizeFindings(findings, { since }).map(({ count, examples }) => [count, examples.length])).toEqual([[1, 0], [25, 2], [1, 0]]);
    const long = finding('missing-session', 30, { end: addDays(since, 1) });
    expect(summarizeFindings([long], { since })[0].examples).toHaveLength(1);
  });
});
