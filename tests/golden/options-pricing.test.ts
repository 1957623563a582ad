import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { blackScholesGreeks, blackScholesPrice } from '../../src/options/pricing/black-scholes.js';
import { goldenFolder, printSkipReason } from './folder.js';

const GREEKS = ['price', 'delta', 'gamma', 'vega', 'theta', 'rho', 'vanna', 'charm', 'vomma'] as const;

type Right = 'C' | 'P';

interface Golden {
  readonly bsm: {
    readonly columns: readonly string[];
    readonly rows: readonly (readonly [spot: number, strike: number, years: number, rate: number, dividendYield: number, volatility: number, right: Right, ...values: number[]])[];
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
});
