import { describe, expect, it } from 'vitest';

import { fromEpochDay } from '../../src/core/dates.js';
import type { Predictions } from '../../src/recommendation/predict.js';
import { computeFeatures } from '../../src/features/compute/compute-features.js';
import { FORECAST, MADE, marketOf, predictionsOf, type EveningOptions } from './evening.js';
import { DECISION_FEATURES, makeMarket, type MadeMarket } from '../strategy/market.js';

const clean = makeMarket({ symbols: 30, sessions: 340, seed: 9 });
const predictions = (options: EveningOptions = {}, config = FORECAST): Promise<Predictions> => predictionsOf(marketOf({ made: clean, ...options }), (options.made ?? clean).features, config);
const last = clean.bars.sessions.length - 1;

/** A market with the last cells of some symbols changed. */
function tonight(changes: Readonly<Record<string, Readonly<Record<string, number>>>>): MadeMarket {
  const columns = Object.fromEntries(clean.bars.columnNames.map((name) => [name, clean.bars.column(name).slice()]));
  for (const [symbol, cells] of Object.entries(changes)) for (const [name, value] of Object.entries(cells)) columns[name][clean.bars.row(symbol) * (last + 1) + last] = value;
  const bars = clean.bars.with(columns);
  return { bars, features: computeFeatures({ bars }, DECISION_FEATURES) };
}

describe('who may be bought', () => {
  it('is every member with a bar', async () => {
    const { eligible, ineligible, priced } = await predictions();
    expect(eligible).toEqual(clean.bars.symbols);
    expect(priced).toEqual(clean.bars.symbols);
    expect(ineligible).toEqual([]);
  });

  it('is none without a bar, with a masked or a suspect one, or without bars at all, each for its reason', async () => {
    const made = tonight({ S03: { close: Number.NaN }, S04: { close: Number.NaN }, S05: { suspect: 1 } });
    const session = clean.bars.last!;
    const intervals = [...clean.bars.symbols, 'GONE'].map((symbol) => ({ symbol, start: fromEpochDay(clean.bars.sessions[0]), end: null }));
    const masked = { rule: 'high-below-low', symbol: 'S04', session, end: session, knownAt: session, detail: 'd', policy: 'mask', value: 1 } as const;
    const found = await predictions({ made, intervals, findings: [masked, { ...masked, symbol: 'S03', policy: 'keep' }] });
    expect(found.ineligible).toEqual([
      { symbol: 'GONE', reason: 'no bars in the store' },
      { symbol: 'S03', reason: 'no bar on the session' },
      { symbol: 'S04', reason: 'bar of the session masked by a quality rule' },
      { symbol: 'S05', reason: 'suspect price jump on the session: decided when the next bar shows what it is' },
    ]);
    expect(found.priced).toContain('S05');
    expect(found.priced).not.toContain('S04');
    expect([...found.eligible, ...found.ineligible.map(({ symbol }) => symbol)].sort()).toEqual([...clean.bars.symbols, 'GONE'].sort());
  });

  it('is who is a member tonight: from the first day of a stay to the day before its end', async () => {
    const start = fromEpochDay(clean.bars.sessions[0]);
    const asOf = clean.bars.last!;
    const stay = (symbol: string, from: typeof asOf, end: typeof asOf | null) => ({ symbol, start: from, end });
    const found = await predictions({ intervals: [stay('S00', start, asOf), stay('S01', start, null), stay('S02', asOf, null)] });
    expect(found.eligible).toEqual(['S01', 'S02']);
  });
});

describe('what is forecast', () => {
  it('is an expectation with an interval around it for everyone who can be ranked', async () => {
    const { forecasts, eligible, model } = await predictions();
    expect(model?.payoff).not.toBeNull();
    expect([...forecasts.keys()]).toEqual(eligible);
    for (const { expectedReturn, interval, coverage } of forecasts.values()) {
      expect(interval![0]).toBeLessThan(expectedReturn!);
      expect(interval![1]).toBeGreaterThan(expectedReturn!);
      expect(coverage).toBe(FORECAST.interval);
    }
  });

  it('rises or falls with the rank as past outcomes did, in units of volatility', async () => {
    const { forecasts, model } = await predictions();
    const scaled = [...forecasts].map(([symbol, { score, expectedReturn }]) => ({ score, value: expectedReturn! / clean.features.series('realized-volatility-63', symbol)[last] }));
    scaled.sort((a, b) => a.score - b.score);
    for (let i = 1; i < scaled.length; i++) expect(Math.sign(scaled[i].value - scaled[i - 1].value)).toBe(Math.sign(model!.payoff!.slope));
  });

  it('does not depend on which members one asks for: ranks are among all', async () => {
    const all = (await predictions()).forecasts;
    const some = await predictions({ symbols: ['S07', 'S11', 'S12'] });
    expect([...some.forecasts.keys()]).toEqual(['S07', 'S11', 'S12']);
    for (const [symbol, forecast] of some.forecasts) expect(forecast).toEqual(all.get(symbol));
  });

  it('is nothing but a score when history does not suffice', async () => {
    const { forecasts, model } = await predictions({}, { ...FORECAST, minSessions: 300, window: 400 });
    expect(model!.payoff).toBeNull();
    expect(forecasts.size).toBe(30);
    for (const { score, expectedReturn, interval } of forecasts.values()) {
      expect(Number.isFinite(score)).toBe(true);
      expect([expectedReturn, interval]).toEqual([null, null]);
    }
  });

  it('leaves out who has no score', async () => {
    const { forecasts, eligible } = await predictions({ made: MADE });
    const unscored = eligible.filter((symbol) => Number.isNaN(MADE.features.series('momentum-12-1', symbol).at(-1)!));
    expect(unscored.length).toBeGreaterThan(0);
    expect([...forecasts.keys()]).toEqual(eligible.filter((symbol) => !unscored.includes(symbol)));
  });

  it('learns only from members of the past session', async () => {
    const start = fromEpochDay(clean.bars.sessions[0]);
    const joined = fromEpochDay(clean.bars.sessions[last]); // members only from tonight: nothing of theirs counts before
    const intervals = clean.bars.symbols.map((symbol, row) => ({ symbol, start: row < 24 ? start : joined, end: null }));
    const { bars } = clean;
    const absurd = bars.column('open').map((value, i) => (Math.floor(i / (last + 1)) >= 24 && i % 3 === 0 ? 5 * value : value)) as Float64Array;
    const honest = await predictions({ intervals });
    const made = { bars: bars.with({ open: absurd }), features: clean.features };
    expect((await predictions({ intervals, made })).model!.payoff).toEqual(honest.model!.payoff);
    expect((await predictions({ made })).model!.payoff).not.toEqual((await predictions()).model!.payoff);
  });
});
