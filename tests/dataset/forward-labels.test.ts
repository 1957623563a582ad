import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { forwardLabels, type ForwardLabelOptions } from '../../src/dataset/labels/forward-labels.js';
import { tripleBarrierLabels } from '../../src/dataset/labels/triple-barrier.js';
import type { LabelMarket } from '../../src/dataset/labels/label-market.js';
import type { Labels } from '../../src/dataset/labels/labels.js';
import { computeFeatures } from '../../src/features/compute/compute-features.js';
import { realizedVolatility } from '../../src/features/volatility/realized-volatility.js';
import { Panel } from '../../src/table/panel.js';
import { cut, world } from './world.js';

const ROUGH = { gaps: 0.02, noOpen: 0.02, breaks: 0.01, suspects: 0.02, outsiders: 0.2 };

const KINDS: readonly (readonly [string, (market: LabelMarket, horizon: number) => Labels])[] = [
  ['returns', (market, horizon) => forwardLabels(market, { horizon })],
  ['returns net of the market', (market, horizon) => forwardLabels(market, { horizon, residual: 'market' })],
  ['returns net of the sector', (market, horizon) => forwardLabels(market, { horizon, residual: 'sector' })],
  ['ranks', (market, horizon) => forwardLabels(market, { horizon, rank: true })],
  ['ranks net of the sector, to the last close', (market, horizon) => forwardLabels(market, { horizon, residual: 'sector', rank: true, missingExit: 'last-close' })],
  ['triple barrier', (market, horizon) => tripleBarrierLabels(market, { horizon, up: 1, down: 1 })],
];

/** Values of a session that are there, by symbol. */
function sessionValues({ panel }: Labels, t: number, column = 'label'): Map<string, number> {
  return new Map(panel.symbols.map((symbol) => [symbol, panel.series(column, symbol)[t]] as const).filter(([, value]) => !Number.isNaN(value)));
}

const total = (values: Iterable<number>): number => [...values].reduce((sum, value) => sum + value, 0);

describe.each(KINDS)('%s', (_, labelsOf) => {
  it('on data cut at T are those of the whole where they end by T, and missing beyond', () => {
    const sizes = { symbols: 18, sessions: 110 };
    fc.assert(
      fc.property(fc.nat(1e6), fc.integer({ min: 1, max: 10 }), fc.integer({ min: 66, max: 110 }), (seed, horizon, end) => {
        const market = world({ seed, ...sizes, ...ROUGH });
        const [whole, part] = [labelsOf(market, horizon), labelsOf(cut(market, end), horizon)];
        for (const symbol of market.bars.symbols) {
          for (let t = 0; t < end; t++) {
            const expected = t + whole.span <= end - 1 ? whole.panel.series('label', symbol)[t] : Number.NaN;
            expect(part.panel.series('label', symbol)[t]).toBe(expected);
            expect(part.panel.series('scale', symbol)[t]).toBe(whole.panel.series('scale', symbol)[t]);
          }
        }
      }),
      { numRuns: 12, seed: 3 },
    );
  });

  it('do not change when what lies beyond their span does, and do when the span’s last open does', () => {
    const market = world({ seed: 9, symbols: 12, sessions: 90 });
    const [horizon, t] = [5, 70];
    const before = sessionValues(labelsOf(market, horizon), t);
    const changedFrom = (first: number): Map<string, number> => {
      const columns = Object.fromEntries(['open', 'high', 'low', 'close'].map((name) => [name, market.bars.column(name).map((value, at) => (at % 90 >= first ? value * (1 + 0.3 * Math.sin(at)) : value))]));
      return sessionValues(labelsOf({ ...market, bars: market.bars.with(columns) }, horizon), t);
    };
    expect(before.size).toBeGreaterThan(5);
    expect(changedFrom(t + horizon + 2)).toEqual(before);
    expect(changedFrom(t + horizon + 1)).not.toEqual(before);
  });

  it('over another horizon are those made for it', () => {
    const market = world({ seed: 4, symbols: 12, sessions: 90, ...ROUGH });
    const [made, asked] = [labelsOf(market, 10), labelsOf(market, 3).at(10)];
    for (const name of ['label', 'return', 'scale']) expect(asked.panel.column(name)).toEqual(made.panel.column(name));
    expect([asked.horizon, asked.span, asked.describe]).toEqual([10, 11, made.describe]);
  });
});

describe('forward labels', () => {
  const market = world({ seed: 2, symbols: 21, sessions: 120, ...ROUGH });
  const { bars, member } = market;

  it('are there exactly where the instrument counts, both opens are there and no break lies between', () => {
    const { panel, counts } = forwardLabels(market, { horizon: 5 });
    let [present, missing] = [0, 0];
    bars.symbols.forEach((symbol, row) => {
      const series = (name: string) => bars.series(name, symbol);
      for (let t = 0; t < 120; t++) {
        const isCounting = member[row * 120 + t] === 1 && series('close')[t] > 0 && series('suspect')[t] === 0;
        expect(counts[row * 120 + t]).toBe(Number(isCounting));
        const isWhole = t + 6 < 120 && series('segment')[t + 1] === series('segment')[t + 6];
        const expected = isCounting && isWhole ? series('open')[t + 6] / series('open')[t + 1] - 1 : Number.NaN;
        expect(panel.series('label', symbol)[t]).toBe(expected);
        if (Number.isNaN(expected)) missing++;
        else present++;
      }
    });
    expect(Math.min(present, missing)).toBeGreaterThan(500);
  });

  it('take a break between decision and entry, not within the holding', () => {
    const plain = world({ seed: 2, symbols: 1, sessions: 10 });
    const segment = Float64Array.from({ length: 10 }, (_, t) => Number(t >= 3));
    const { panel } = forwardLabels({ ...plain, bars: plain.bars.with({ segment }) }, { horizon: 2 });
    // the series breaks on its way to 3: bought at 1 or 2, it is held across
    expect([...panel.column('label')].map((value) => Number.isNaN(value))).toEqual([true, true, false, false, false, false, false, true, true, true]);
  });

  it('refuse opens that are no prices', () => {
    for (const bad of [0, -3, Number.POSITIVE_INFINITY]) {
      const plain = world({ seed: 2, symbols: 1, sessions: 8 });
      plain.bars.column('open')[4] = bad;
      const label = forwardLabels(plain, { horizon: 2, missingExit: 'missing' }).panel.column('label');
      expect([...label].map((value) => Number.isNaN(value))).toEqual([false, true, false, true, false, true, true, true]);
    }
  });

  it('end at the last close where a name stops trading, when asked to', () => {
    const plain = world({ seed: 2, symbols: 2, sessions: 20 });
    for (const name of ['open', 'high', 'low', 'close']) plain.bars.column(name).fill(Number.NaN, 12, 20);
    const [open, close] = [plain.bars.column('open'), plain.bars.column('close')];
    const silent = forwardLabels(plain, { horizon: 5 });
    const honest = forwardLabels(plain, { horizon: 5, missingExit: 'last-close' });
    for (let t = 0; t < 6; t++) expect(honest.panel.column('label')[t]).toBe(silent.panel.column('label')[t]);
    for (let t = 6; t < 20; t++) expect(silent.panel.column('label')[t]).toBeNaN();
    for (let t = 6; t <= 10; t++) expect(honest.panel.column('label')[t]).toBe(close[11] / open[t + 1] - 1);
    for (let t = 11; t < 20; t++) expect(honest.panel.column('label')[t]).toBeNaN(); // no open to buy at
    expect(honest.describe).toBe('return over 5 sessions, ended at the last close where there is no open to sell at');
  });

  it('net of the market have mean 0 on every session', () => {
    const labels = forwardLabels(market, { horizon: 5, residual: 'market' });
    for (let t = 0; t < 114; t++) expect(total(sessionValues(labels, t).values())).toBeCloseTo(0, 12);
  });

  it('net of the sector have mean 0 in each sector with 5 names or more; others are net of the market', () => {
    const [labels, plain] = [forwardLabels(market, { horizon: 5, residual: 'sector' }), forwardLabels(market, { horizon: 5 })];
    let [large, small, unknown] = [0, 0, 0];
    for (let t = 0; t < 114; t++) {
      const [values, returns] = [sessionValues(labels, t), sessionValues(plain, t)];
      const mean = total(returns.values()) / returns.size;
      for (const sector of new Set([undefined, ...market.sectors.values()])) {
        const names = [...values.keys()].filter((symbol) => market.sectors.get(symbol) === sector);
        if (sector !== undefined && names.length >= 5) {
          expect(total(names.map((name) => values.get(name)!))).toBeCloseTo(0, 12);
          large++;
          continue;
        }
        for (const name of names) expect(values.get(name)).toBeCloseTo(returns.get(name)! - mean, 12);
        if (sector === undefined) unknown += names.length;
        else small += names.length;
      }
    }
    expect(Math.min(large, small, unknown)).toBeGreaterThan(20);
  });

  it.each(['market', 'sector', undefined] as const)('ranked net of %s are symmetric about 0 and in the order of the returns', (residual) => {
    const net: ForwardLabelOptions = { horizon: 3, ...(residual && { residual }) };
    const [ranked, plain] = [forwardLabels(market, { ...net, rank: true }), forwardLabels(market, net)];
    for (let t = 0; t < 116; t++) {
      const [ranks, values] = [sessionValues(ranked, t), sessionValues(plain, t)];
      const ascending = [...values].sort(([, a], [, b]) => a - b).map(([symbol]) => ranks.get(symbol)!);
      expect(ascending).toEqual(ascending.map((_, i) => (i + 0.5) / ascending.length - 0.5));
      ascending.forEach((rank, i) => expect(rank).toBeCloseTo(-ascending[ascending.length - 1 - i], 12));
    }
  });

  it('have the past’s volatility as scale, over the horizon', () => {
    const volatility = computeFeatures({ bars: bars.with({ volume: new Float64Array(bars.column('close').length) }) }, [realizedVolatility(63)]).column('realized-volatility-63');
    const scale = forwardLabels(market, { horizon: 5, rank: true }).panel.column('scale');
    expect(scale).toEqual(Float64Array.from(volatility, (value) => value * Math.sqrt(5 / 252)));
    expect(scale.filter((value) => value > 0).length).toBeGreaterThan(100);
  });

  it('have a scale that is the deviation of the returns where the past is like the future', () => {
    const long = world({ seed: 6, symbols: 30, sessions: 500, deviation: 0.01 });
    const { panel } = forwardLabels(long, { horizon: 5 });
    const standardized = Float64Array.from(panel.column('return'), (value, at) => value / panel.column('scale')[at]).filter((value) => Number.isFinite(value));
    const deviation = Math.sqrt(standardized.reduce((sum, value) => sum + value * value, 0) / standardized.length);
    // about 30 · 430 / 5 independent returns: a relative standard error of 1.4 % around 1
    expect(Math.abs(deviation - 1)).toBeLessThan(0.06);
  });

  it('say what they are', () => {
    expect(forwardLabels(market, { horizon: 5, residual: 'sector', rank: true }).describe).toBe('rank within the session of the return over 5 sessions, net of its sector (of the market where fewer than 5 names of the sector have a return)');
    expect(forwardLabels(market, { horizon: 1, residual: 'market' })).toMatchObject({ describe: 'return over 1 session, net of the market', horizon: 1, span: 2 });
  });

  it('name what is wrong', () => {
    expect(() => forwardLabels(market, { horizon: 0 })).toThrow('expected a horizon of whole sessions, at least one, found 0');
    expect(() => forwardLabels(market, { horizon: 5 }).at(2.5)).toThrow('found 2.5');
    expect(() => forwardLabels({ ...market, member: new Uint8Array(3) }, { horizon: 5 })).toThrow('expected 2520 memberships [21 symbols, 120 sessions], found 3');
    const { symbols, sessions } = bars;
    expect(() => forwardLabels({ ...market, bars: new Panel({ symbols, sessions, columns: { close: bars.column('close') } }) }, { horizon: 5 })).toThrow('expected the bar columns open, high, low, close, found close');
  });
});
