import { describe, expect, it } from 'vitest';

import { XNYS } from '../../src/core/calendar.js';
import { hashJson } from '../../src/core/hash.js';
import type { Position } from '../../src/portfolio/book.js';
import { toCents } from '../../src/portfolio/cents.js';
import type { CorporateAction } from '../../src/data/adjust.js';
import { riskConfig } from '../../src/portfolio/rules/config.js';
import { sizingConfig } from '../../src/portfolio/sizing/config.js';
import { bookAfter, evening, FORECAST, MADE, type EveningOptions } from './evening.js';
import { makeMarket } from '../strategy/market.js';
import { complaints } from './schema.js';

const asOf = MADE.bars.last!;
const position = (symbol: string, changes: Partial<Position> = {}): Position => ({ symbol, shares: 10, entrySession: XNYS.shift(asOf, -4), entryPrice: 100, cost: toCents(1000), high: 100, stop: 0.01, target: 1e6, horizon: 10, trailing: null, ...changes });

const action = (kind: 'split' | 'dividend', value: number): CorporateAction => ({ exDay: MADE.bars.sessions.at(-1)!, kind, value });

/** Evenings that differ in what is held and asked for. */
const EVENINGS: Readonly<Record<string, EveningOptions>> = {
  'a fresh book': {},
  'a book that holds much': { before: bookAfter(1, { positions: [position('S01'), position('S04', { stop: 1e6 }), position('S09', { horizon: 3 }), position('S20'), position('S27', { entrySession: XNYS.shift(asOf, -30) })] }) },
  'a few symbols': { symbols: ['S02', 'S03', 'S05', 'S08'] },
  'a book that holds what is not asked for': { symbols: ['S02', 'S03'], before: bookAfter(2, { positions: [position('S10'), position('S02')] }) },
  'members that came and went': { intervals: MADE.bars.symbols.map((symbol, row) => ({ symbol, start: XNYS.shift(asOf, -340), end: row % 3 === 0 ? XNYS.shift(asOf, -2) : null })), before: bookAfter(1, { positions: [position('S03'), position('S04')] }) },
  'a member without bars': { intervals: [...MADE.bars.symbols, 'ZZZ'].map((symbol) => ({ symbol, start: XNYS.shift(asOf, -340), end: null })) },
  'too little history': { settings: { minMomentum: 5 } },
  'a book that rules cut': {
    risk: riskConfig.parse({ maxWeight: { max: 0.05 }, sectorCap: { max: 0.12 }, maxNames: { max: 9 }, restrictedList: { symbols: ['S10', 'S11', 'S12'] } }),
    sectors: MADE.bars.symbols.map((symbol, row) => [symbol, row % 2 === 0 ? 'Energy' : 'Utilities'] as const),
    settings: { top: 12, targetVolatility: 0.5 },
    before: bookAfter(1, { positions: [position('S01', { shares: 800 }), position('S20', { shares: 500 })], highestEquity: 2_000_000 }),
  },
  'limits, stops below lows and stops that trail': { settings: { entry: 'limit', stop: 'structure', trailingRanges: 3, sizing: sizingConfig.parse({ method: 'hierarchical-risk-parity', sessions: 60 }) } },
  'stops that rest, after evenings that were missed': { brackets: 'resting', before: bookAfter(4, { positions: [position('S01', { stop: 1e6 }), position('S03', { target: 0.02 }), position('S09')] }) },
  'a split and a dividend': { before: bookAfter(1, { positions: [position('S01', { shares: 7 }), position('S02', { shares: 300 })] }), actions: new Map([['S01', [action('split', 1.5)]], ['S02', [action('dividend', 0.25)]]]) },
};

describe.each(Object.entries(EVENINGS))('the document of %s', async (_, options) => {
  const { document, market, decided } = await evening(options);
  const { recommendations, leftOut } = document;
  const named = leftOut.flatMap(({ symbols }) => symbols);

  it('is valid by the published schema', async () => {
    expect(complaints(document)).toEqual([]);
  });

  it('names every member once: recommended, or left out and why', async () => {
    const recommended = recommendations.map(({ symbol }) => symbol);
    expect(new Set(recommended).size).toBe(recommended.length);
    expect([...recommended.filter((symbol) => market.members.includes(symbol)), ...named].sort()).toEqual([...market.members].sort());
    // only what is held may be recommended without being a member: to leave, or to hold until it can be left
    for (const { symbol, action } of recommendations) if (!market.members.includes(symbol)) expect(action).not.toBe('enter');
  });

  it('is the same twice', async () => {
    expect(hashJson((await evening(options)).document)).toBe(hashJson(document));
  });

  it('counts members, bars and who may be bought', async () => {
    const { members, priced, eligible, missing } = document.universe;
    expect(members).toBe(market.members.length);
    expect(priced + missing.length).toBe(members);
    expect(eligible).toBeLessThanOrEqual(priced);
    expect(document.caveats[0]).toBe(`${priced} of ${members} members of sp500 have a bar on ${asOf}.`);
  });

  it('orders exactly what it recommends', async () => {
    for (const { symbol, action, shares } of recommendations) {
      const order = decided.book.orders.find((one) => one.symbol === symbol);
      const heldShares = decided.book.positions.find((one) => one.symbol === symbol)?.shares ?? 0;
      if (action === 'enter') expect(order?.shares ?? 0).toBe(shares);
      if (action === 'exit') expect([order?.side, order?.shares, shares]).toEqual(['sell', heldShares, 0]);
      if (action === 'hold') expect([order, shares]).toEqual([undefined, heldShares]);
    }
    expect(decided.book.orders.every(({ symbol }) => recommendations.some((one) => one.symbol === symbol))).toBe(true);
  });

  it('says of every action how many shares are traded, and what is left of them', async () => {
    for (const { symbol, action: what, shares, trade } of recommendations) {
      const order = decided.book.orders.find((one) => one.symbol === symbol);
      const heldShares = decided.book.positions.find((one) => one.symbol === symbol)?.shares ?? 0;
      expect(trade, symbol).toBe(order?.shares ?? 0);
      expect(Math.abs(shares - heldShares), symbol).toBe(trade);
      if (what === 'reduce') expect([order?.side, order?.kind]).toEqual(['sell', 'reduce']);
    }
  });

  it('holds what the book holds: weights and cash are the whole', async () => {
    const { held, cash, equity, positions } = document.portfolio;
    expect(held.map(({ symbol }) => symbol).sort()).toEqual(decided.book.positions.map(({ symbol }) => symbol).sort());
    expect(held).toHaveLength(positions);
    expect(held.reduce((sum, { weight }) => sum + weight, cash / equity)).toBeCloseTo(1, 5);
    held.forEach(({ symbol, shares, close, value, weight, return: gain, entryPrice }, i) => {
      expect(value, symbol).toBeCloseTo(shares * close, 0);
      expect(weight, symbol).toBeCloseTo(value / equity, 5);
      expect(gain, symbol).toBeCloseTo(close / entryPrice - 1, 4);
      if (i > 0) expect(weight).toBeLessThanOrEqual(held[i - 1].weight);
    });
  });

  it('sums sectors to the weights after the actions', async () => {
    const { sectors, exposure } = document.portfolio;
    const wanted = recommendations.reduce((sum, { weight }) => sum + weight, 0);
    expect(sectors.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(wanted, 4);
    expect(exposure.gross).toBeGreaterThanOrEqual(wanted - 1e-4); // what cannot be sold or does not buy a share counts there
    expect([...sectors].sort((a, b) => b.weight - a.weight)).toEqual(sectors);
    expect(new Set(sectors.map(({ sector }) => sector)).size).toBe(sectors.length);
    expect(exposure.drawdown).toBeCloseTo(decided.decision.drawdown, 6);
  });

  it('leads from the weight that was wanted to the weight that is', async () => {
    for (const { symbol, weight, sizes } of recommendations) {
      const chain = [sizes.wanted, ...sizes.steps.map(({ after }) => after)];
      sizes.steps.forEach(({ before, after, text }, i) => {
        expect(before, symbol).toBe(chain[i]);
        expect(after, symbol).toBeLessThan(before);
        expect(text).toMatch(/^Cut from .*\.$/);
      });
      expect(chain.at(-1), symbol).toBe(weight);
    }
  });

  it('reads every rule that is on, kept to or in conflict', async () => {
    for (const { rule, limit, after } of document.risk.readings) {
      const kept = after === null || after <= limit + 1e-6;
      expect(kept || document.risk.conflicts.some((one) => one.rule === rule), rule).toBe(true);
    }
    for (const { rule } of document.risk.conflicts) expect([...document.risk.readings.map((one) => one.rule), 'locked', 'unsettled']).toContain(rule);
  });

  it('says of every reason when it was known, from where and in which units', async () => {
    for (const { reasons, wouldDisprove } of recommendations) {
      for (const { values, units, asOf: known, source } of [...reasons, ...wouldDisprove]) {
        expect(Object.keys(units)).toEqual(Object.keys(values));
        expect([known, source.length > 0]).toEqual([asOf, true]);
      }
    }
  });

  it('does not spend more than there is', async () => {
    const { cash, equity, grossExposure } = document.portfolio;
    expect(cash).toBeGreaterThanOrEqual(0);
    expect(grossExposure).toBeCloseTo(1 - cash / equity, 12);
    const wanted = recommendations.reduce((sum, { weight }) => sum + weight, 0);
    expect(wanted).toBeLessThanOrEqual(Math.max(0.95, grossExposure) + 1e-5);
  });
});

describe('the document of a book that rules cut', async () => {
  const { document } = await evening(EVENINGS['a book that rules cut']);
  const { recommendations, portfolio, risk } = document;

  it('reduces what is held of too much, and says by which rule', async () => {
    const reduced = recommendations.filter(({ action: what }) => what === 'reduce');
    expect(reduced.length).toBeGreaterThan(0);
    for (const { reasons, sizes, order } of reduced) {
      expect(reasons[0].code).toBe('risk-rule');
      expect(sizes.steps.length).toBeGreaterThan(0);
      expect(order).toBeNull();
    }
  });

  it('keeps to the limits', async () => {
    const of = (name: string): { before: number | null; after: number | null; limit: number } => risk.readings.find(({ rule }) => rule === name)!;
    expect(of('max-weight').before).toBeGreaterThan(0.05);
    expect(of('max-weight').after).toBeLessThanOrEqual(0.05);
    expect(Math.max(...portfolio.sectors.map(({ weight }) => weight))).toBeLessThanOrEqual(0.12 + 1e-6);
    expect(portfolio.exposure.drawdown).toBeGreaterThan(0.1);
    expect(recommendations.some(({ symbol }) => ['S10', 'S11', 'S12'].includes(symbol))).toBe(false);
  });

  it('names the rule where a name was refused', async () => {
    expect(document.leftOut.some(({ reason }) => reason.includes('on the restricted list'))).toBe(true);
  });
});

describe('the document of limits and stops that trail', async () => {
  const { document } = await evening(EVENINGS['limits, stops below lows and stops that trail']);

  it('names limit, distance and the low that holds the stop', async () => {
    expect(document.recommendations.length).toBeGreaterThan(0);
    for (const { entry, stop, trailing, order, reasons } of document.recommendations) {
      expect(order?.kind === 'limit' && order.limit < entry && order.limit > stop).toBe(true);
      expect(trailing).toBeGreaterThan(0);
      expect(reasons.map(({ code }) => code)).toEqual(expect.arrayContaining(['limit', 'trailing']));
    }
    expect(document.recommendations.some(({ reasons }) => reasons.some(({ code }) => code === 'structure-stop'))).toBe(true);
  });
});

describe('the document after the market was open', async () => {
  it('tells what stops and targets sold, when and why', async () => {
    const { fills } = (await evening(EVENINGS['stops that rest, after evenings that were missed'])).document.portfolio;
    const first = (symbol: string): unknown => fills.filter((fill) => fill.symbol === symbol).map(({ side, reason, session }) => [side, reason, session])[0];
    expect(first('S01')).toEqual(['sell', 'stop', expect.stringMatching(/^20/)]);
    expect(first('S03')).toEqual(['sell', 'target', expect.stringMatching(/^20/)]);
    expect(fills.every(({ session }) => session > XNYS.shift(asOf, -4) && session <= asOf)).toBe(true);
  });

  it('tells splits and dividends in sentences, and of the fraction paid in cash', async () => {
    const { events, fills } = (await evening(EVENINGS['a split and a dividend'])).document.portfolio;
    expect(events).toEqual([
      { symbol: 'S02', text: 'Dividend of 0.25 a share on 300 shares: 75.00 in cash.' },
      { symbol: 'S01', text: 'Split, 1.5 new for one: 7 shares became 10.' },
    ]);
    expect(fills.map(({ symbol, shares, reason }) => [symbol, shares, reason])).toEqual([['S01', 0.5, 'split-cash']]);
  });
});

describe('what stands in a recommendation', async () => {
  const { document, predictions } = await evening();
  const [first] = document.recommendations;

  it('is rounded: prices to cents, fractions to six digits', async () => {
    for (const { entry, stop, target, weight, expectedReturn } of document.recommendations) {
      for (const price of [entry, stop, target]) expect(price).toBe(Math.round(price * 100) / 100);
      expect(weight).toBe(Number(weight.toFixed(6)));
      if (expectedReturn !== null) expect(expectedReturn).toBe(Number(expectedReturn.toFixed(6)));
    }
  });

  it('is the forecast of the model', async () => {
    expect(first.expectedReturn).toBeCloseTo(predictions.forecasts.get(first.symbol)!.expectedReturn!, 6);
    expect(first.reasons.find(({ code }) => code === 'forecast')?.values['coverage']).toBe(FORECAST.interval);
  });

  it('is the company where it is known, and the symbol of the day', async () => {
    const whole = (await evening({ made: makeMarket({ symbols: 25, sessions: 320 }), settings: { top: 25, minMomentum: -1 } })).document.recommendations;
    expect(whole.find(({ symbol }) => symbol === 'S00')).toMatchObject({ name: 'Nought', sector: 'Energy', listedSymbol: 'S00' });
    expect(whole.find(({ symbol }) => symbol === 'S01')).toMatchObject({ name: null, sector: null, listedSymbol: 'OLD' });
  });

  it('is for the open of the next session', async () => {
    expect(document.asOf).toBe(asOf);
    expect(document.actOn).toBe(XNYS.next(asOf));
  });
});

describe('what was left out', async () => {
  it('stands in groups, the largest first, symbols ascending', async () => {
    const { leftOut } = (await evening()).document;
    expect(leftOut.length).toBeGreaterThan(1);
    leftOut.forEach(({ symbols }, i) => {
      expect(symbols).toEqual([...symbols].sort());
      if (i > 0) expect(symbols.length).toBeLessThanOrEqual(leftOut[i - 1].symbols.length);
    });
  });

  it('is not who is held, though it may not be bought', async () => {
    const suspect = MADE.bars.symbols.find((symbol) => MADE.bars.series('suspect', symbol).at(-1) === 1 && MADE.bars.series('close', symbol).at(-1)! > 0)!;
    expect(suspect).toBeDefined();
    const { document } = await evening({ before: bookAfter(1, { positions: [position(suspect)] }) });
    expect(document.recommendations.find(({ symbol }) => symbol === suspect)?.action).toBe('hold');
    expect(document.leftOut.flatMap(({ symbols }) => symbols)).not.toContain(suspect);
  });
});

describe('caveats', async () => {
  const said = async (options: EveningOptions): Promise<string> => (await evening(options)).document.caveats.join('\n');

  it('repeat what the sources say of their bars', async () => {
    expect(await said({})).toContain('Nothing of this is real.');
  });

  it('tell how prices are stated', async () => {
    expect(await said({ priceBasis: 'split-adjusted' })).toContain('Prices are adjusted for splits known when the data was made');
    expect(await said({ priceBasis: 'split-adjusted' })).toContain('The paper book is not credited with dividends, as these prices do not say what was paid.');
    expect(await said({ priceBasis: 'raw' })).not.toContain('Prices are adjusted for splits');
    expect(await said({ priceBasis: 'raw' })).not.toContain('not credited with dividends');
  });

  it('tell that the book was not changed', async () => {
    expect(await said({ booked: false })).toContain('The paper book was not changed by this run.');
    expect(await said({ booked: true })).not.toContain('The paper book was not changed by this run.');
  });

  it('count the evenings that nobody decided on', async () => {
    expect(await said({ before: bookAfter(3, {}) })).toContain('No decision was made on 2 sessions since the one before');
    expect(await said({ before: bookAfter(2, {}) })).toContain('No decision was made on 1 session since the one before');
    expect(await said({ before: bookAfter(1, {}) })).not.toContain('No decision was made');
  });

  it('say how much the expectation is worth', async () => {
    expect(await said({})).toMatch(/Expected returns rest on \d+ past sessions whose outcome was known; the pay-off of ranks by 12-1 momentum over them has t = -?\d+\.\d \(Newey–West\)/);
  });
});
