import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { americanImpliedVolatility } from '../../src/options/pricing/american/american-implied-volatility.js';
import { americanPrice, americanValue } from '../../src/options/pricing/american/american-price.js';
import { latticePrice } from '../../src/options/pricing/american/lattice-price.js';
import { blackScholesGreeks, blackScholesPrice } from '../../src/options/pricing/black-scholes.js';
import { goldenFolder, printSkipReason } from './folder.js';

const GREEKS = ['price', 'delta', 'gamma', 'vega', 'theta', 'rho', 'vanna', 'charm', 'vomma'] as const;

type Right = 'C' | 'P';

interface Golden {
  readonly bsm: {
    readonly columns: readonly string[];
    readonly rows: readonly (readonly [spot: number, strike: number, years: number, rate: number, dividendYield: number, volatility: number, right: Right, ...values: number[]])[];
  };
  readonly american: {
    readonly columns: readonly string[];
    readonly rows: readonly (readonly [spot: number, strike: number, days: number, rate: number, dividendYield: number, volatility: number, right: Right, price: number, fd: number, tree: number, delta: number, gamma: number, european: number])[];
  };
}

const SUITE = 'options pricing against mpmath and QuantLib';
const folder = goldenFolder();
printSkipReason('golden', SUITE);

/** Of each Greek by the spot: what an error of 1e-11 is measured by where the Greek is small. */
const naturalScale = (greek: (typeof GREEKS)[number], spot: number): number => (greek === 'gamma' ? 1 / spot : greek === 'delta' || greek === 'vanna' || greek === 'charm' ? 1 : spot);

describe.skipIf(folder === null)(SUITE, () => {
  const golden = folder === null ? (null as never) : (JSON.parse(readFileSync(join(folder, 'options-pricing.json'), 'utf8')) as Golden);

  describe('bsm', () => {
    const rows = folder === null ? [] : golden.bsm.rows.map(([spot, strike, years, rate, dividendYield, volatility, right, ...values]) => ({ option: { spot, strike, years, rate, dividendYield, volatility, isCall: right === 'C' }, values }));

    it('reads the columns it expects', () => {
      expect(golden.bsm.columns).toEqual(['S', 'K', 'T', 'r', 'q', 'sigma', 'cp', ...GREEKS]);
      expect(rows.length).toBeGreaterThan(300);
    });

    it('has the price to 1e-12 of the spot or 1e-9 of itself', () => {
      const wrong = rows.filter(({ option, values: [price] }) => !(Math.abs(blackScholesPrice(option) - price) <= Math.max(1e-12 * option.spot, 1e-9 * price)));
      expect(wrong).toEqual([]);
    });

    it.each(GREEKS.slice(1))('has %s to 1e-9 of itself or 1e-11 of its scale', (greek) => {
      const at = GREEKS.indexOf(greek);
      const wrong = rows.filter(({ option, values }) => !(Math.abs(blackScholesGreeks(option)[greek] - values[at]) <= Math.max(1e-11 * naturalScale(greek, option.spot), 1e-9 * Math.abs(values[at]))));
      expect(wrong).toEqual([]);
    });
  });

  describe('american', () => {
    const rows = folder === null ? [] : golden.american.rows.map(([spot, strike, days, rate, dividendYield, volatility, right, price, _, tree, delta, gamma, european]) => ({ option: { spot, strike, years: days / 365, rate, dividendYield, volatility, isCall: right === 'C' }, price, tree, delta, gamma, european }));

    it('reads the columns it expects', () => {
      expect(golden.american.columns).toEqual(['S', 'K', 'days', 'r', 'q', 'sigma', 'cp', 'price', 'fd', 'tree', 'delta', 'gamma', 'european']);
      expect(rows.length).toBeGreaterThan(50);
    });

    // the file allows 1e-4 of the spot
    it.each([['fast', 1e-5], ['standard', 1e-6], ['precise', 1e-8]] as const)('has the %s price to %d of the spot', (precision, share) => {
      expect(rows.filter(({ option, price }) => !(Math.abs(americanPrice(option, precision) - price) <= share * option.spot))).toEqual([]);
    });

    it('has delta to 1e-3, and gamma to 1e-3 by the spot', () => {
      const wrong = rows.filter(({ option, delta, gamma }) => {
        const value = americanValue(option);
        return !(Math.abs(value.delta - delta) <= 1e-3 && Math.abs(value.gamma - gamma) * option.spot <= 1e-3);
      });
      expect(wrong).toEqual([]);
    });

    it('has the volatility of a price to 1e-4 where its time value is not tiny', () => {
      const clear = rows.filter(({ option: { spot, strike, isCall }, price }) => price - Math.max(0, isCall ? spot - strike : strike - spot) > 1e-3 * spot);
      expect(clear.length).toBeGreaterThan(40);
      const off = (precision: 'fast' | 'standard', { option, price }: (typeof rows)[number]): number => Math.abs((americanImpliedVolatility({ ...option, price }, precision) ?? Number.NaN) - option.volatility);
      expect(clear.filter((row) => !(off('standard', row) <= 1e-5 && off('fast', row) <= 1e-4))).toEqual([]);
    });

    it('has the lattice of 2001 steps, and by fewer steps what it nears', () => {
      const few = rows.filter((_, at) => at % 8 === 0);
      expect(few.filter(({ option, tree }) => !(Math.abs(latticePrice({ ...option, exercise: 'american', steps: 2001 }) - tree) <= 1e-10 * option.spot))).toEqual([]);
      expect(rows.filter(({ option, price }) => !(Math.abs(latticePrice({ ...option, exercise: 'american' }) - price) <= 1e-4 * option.spot))).toEqual([]);
      expect(rows.filter(({ option, european }) => !(Math.abs(latticePrice({ ...option, exercise: 'european' }) - european) <= 1e-6 * option.spot))).toEqual([]);
    });
  });
});
