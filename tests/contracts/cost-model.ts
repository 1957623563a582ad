import fc from 'fast-check';
import { expect, it } from 'vitest';

import { roundCents } from '../../src/portfolio/cents.js';
import { quote, type CostModel, type TradeSize } from '../../src/portfolio/cost-model.js';

interface Law {
  readonly name: string;
  /** Throws when the model breaks it. */
  readonly check: (model: CostModel) => void;
}

/** Also of an instrument of which nothing, or nonsense, is known. */
const liquidity = fc.record({
  dollarVolume: fc.oneof(fc.double({ min: 1, max: 1e11, noNaN: true }), fc.constantFrom(Number.NaN, 0, -1)),
  volatility: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(Number.NaN, -1)),
});
const size = fc.record({ shares: fc.integer({ min: 0, max: 1_000_000 }), open: fc.double({ min: 0.01, max: 10_000, noNaN: true }) });
const trades: fc.Arbitrary<TradeSize> = fc.tuple(liquidity, size, fc.constantFrom('buy' as const, 'sell' as const)).map(([known, sized, side]) => ({ ...known, ...sized, side }));

function always(check: (trade: TradeSize) => void): void {
  fc.assert(fc.property(trades, check), { seed: 17, numRuns: 500 });
}

/** What every cost model of the registry promises. */
export const COST_LAWS: readonly Law[] = [
  {
    name: 'says what it is and where it comes from',
    check({ name, describe, source }) {
      expect(name).toMatch(/^[a-z][a-z-]+$/);
      expect(describe.length).toBeGreaterThan(20);
      if (source !== null) expect(source).toMatch(/\d{4}/);
    },
  },
  {
    name: 'moves the price against us and leaves some of it',
    check: (model) => always((trade) => {
      const { price } = quote(model, trade, null);
      if (trade.side === 'buy') expect(price).toBeGreaterThanOrEqual(trade.open);
      else expect(price).toBeLessThanOrEqual(trade.open);
      expect(price).toBeGreaterThan(0);
      expect(price).toBeLessThan(2 * trade.open);
    }),
  },
  {
    name: 'is as dear to sell as to buy',
    check: (model) => always((trade) => {
      expect(model.concession({ ...trade, side: 'buy' })).toBe(model.concession({ ...trade, side: 'sell' }));
    }),
  },
  {
    name: 'is never better than a limit permits, nor worse than it',
    check: (model) => always((trade) => {
      const bound = trade.open * (trade.side === 'buy' ? 1.001 : 0.999);
      const { price } = quote(model, trade, bound);
      expect(trade.side === 'buy' ? price <= bound && price >= trade.open : price >= bound && price <= trade.open).toBe(true);
    }),
  },
  {
    name: 'never gets cheaper with the size',
    check: (model) => always((trade) => {
      const paid = (each: TradeSize): number => { const { gross, commission } = quote(model, { ...each, side: 'buy' }, null); return gross + commission; };
      const fee = ({ shares, open }: TradeSize): number => model.commission(shares, roundCents(100 * shares * open));
      for (const shares of [trade.shares + 1, 2 * trade.shares, 50 * trade.shares]) {
        const more = { ...trade, shares };
        expect(model.concession(more)).toBeGreaterThanOrEqual(model.concession(trade));
        expect(fee(more)).toBeGreaterThanOrEqual(fee(trade));
        expect(paid(more)).toBeGreaterThanOrEqual(paid(trade));
      }
    }),
  },
  {
    name: 'never gets cheaper where less is traded or prices move more',
    check: (model) => always((trade) => {
      const known = { ...trade, dollarVolume: trade.dollarVolume > 0 ? trade.dollarVolume : 1e6, volatility: trade.volatility >= 0 ? trade.volatility : 0.02 };
      expect(model.concession({ ...known, dollarVolume: known.dollarVolume / 2 })).toBeGreaterThanOrEqual(model.concession(known));
      expect(model.concession({ ...known, volatility: known.volatility * 2 })).toBeGreaterThanOrEqual(model.concession(known));
    }),
  },
  {
    name: 'takes nothing for no shares, and never more than a sale brings',
    check: (model) => always((trade) => {
      expect(quote(model, { ...trade, shares: 0 }, null)).toMatchObject({ gross: 0, commission: 0 });
      const { gross, commission } = quote(model, { ...trade, side: 'sell' }, null);
      expect(commission).toBeLessThanOrEqual(gross);
      expect(commission).toBeGreaterThanOrEqual(0);
    }),
  },
  {
    name: 'is the same for the same trade',
    check: (model) => always((trade) => {
      expect(quote(model, { ...trade }, null)).toEqual(quote(model, Object.freeze(trade), null));
    }),
  },
];

/** One test for each law. */
export function testCostModelContract(model: CostModel): void {
  for (const { name, check } of COST_LAWS) {
    it(`${model.name} ${name}`, () => {
      check(model);
    });
  }
}
