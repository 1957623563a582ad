import { describe, expect, it } from 'vitest';

import { XNYS } from '../../src/core/calendar.js';
import { hashJson } from '../../src/core/hash.js';
import type { Position } from '../../src/portfolio/book.js';
import { toCents } from '../../src/portfolio/cents.js';
import { bookAfter, evening, FORECAST, MADE, type EveningOptions } from './evening.js';
import { makeMarket } from '../strategy/market.js';
import { complaints } from './schema.js';

const asOf = MADE.bars.last!;
const position = (symbol: string, changes: Partial<Position> = {}): Position => ({ symbol, shares: 10, entrySession: XNYS.shift(asOf, -4), entryPrice: 100, cost: toCents(1000), high: 100, stop: 0.01, target: 1e6, horizon: 10, trailing: null, ...changes });

/** Evenings that differ in what is held and asked for. */
const EVENINGS: Readonly<Record<string, EveningOptions>> = {
  'a fresh book': {},
  'a book that holds much': { before: bookAfter(1, { positions: [position('S01'), position('S04', { stop: 1e6 }), position('S09', { horizon: 3 }), position('S20'), position('S27', { entrySession: XNYS.shift(asOf, -30) })] }) },
  'a few symbols': { symbols: ['S02', 'S03', 'S05', 'S08'] },
  'a book that holds what is not asked for': { symbols: ['S02', 'S03'], before: bookAfter(2, { positions: [position('S10'), position('S02')] }) },
  'members that came and went': { intervals: MADE.bars.symbols.map((symbol, row) => ({ symbol, start: XNYS.shift(asOf, -340), end: row % 3 === 0 ? XNYS.shift(asOf, -2) : null })), before: bookAfter(1, { positions: [position('S03'), position('S04')] }) },
  'a member without bars': { intervals: [...MADE.bars.symbols, 'ZZZ'].map((symbol) => ({ symbol, start: XNYS.shift(asOf, -340), end: null })) },
  'too little history': { settings: { minMomentum: 5 } },
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

  it('does not spend more than there is', async () => {
    const { cash, equity, grossExposure } = document.portfolio;
    expect(cash).toBeGreaterThanOrEqual(0);
    expect(grossExposure).toBeCloseTo(1 - cash / equity, 12);
    const wanted = recommendations.reduce((sum, { weight }) => sum + weight, 0);
    expect(wanted).toBeLessThanOrEqual(Math.max(0.95, grossExposure) + 1e-5);
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
