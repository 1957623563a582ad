import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import { cleanChain } from '../../src/options/chain/clean-chain.js';
import type { OptionChain } from '../../src/options/chain/option-chain.js';
import { chainPanel } from '../../src/options/panel/chain-panel.js';
import { flatRate } from '../../src/options/surface/rate-curve.js';
import { valueChain } from '../../src/options/valuation/valued-chain.js';
import { nameOptions } from '../../src/recommendation/name-options.js';
import type { NameOptions } from '../../src/recommendation/evening-options.js';
import { optionLevels } from '../../src/report/option-levels.js';
import { smallOpenInterest, smallSmile, smallTermStructure } from '../../src/report/options/small-charts.js';
import { hostileChain } from '../options/hostile-chain.js';
import { madeChain } from '../options/made-chain.js';
import { evening } from './evening.js';
import { complaints } from './schema.js';

const told = (chain: OptionChain, close = chain.spot): NameOptions => nameOptions({ panel: chainPanel(valueChain(cleanChain(chain), { curve: flatRate(0.04) })), signals: [], close, rank: { value: Number.NaN, sessions: 1 } });
const { document } = await evening({});
const complaintsOf = (options: NameOptions): string[] => complaints({ ...document, options: { names: { ONE: options }, absent: null, source: { source: 'made up', licence: 'none' } } });

describe('what the document keeps of a chain', () => {
  it('is short: strikes nearest the price, a thinned smile, six digits', () => {
    const strikes = Array.from({ length: 181 }, (_, k) => 0.8 + k / 450);
    const options = told(madeChain({ strikes, volatility: (k) => 0.3 - 0.2 * k }));
    expect(options.openInterest.strike).toHaveLength(61);
    expect(Math.abs(options.openInterest.strike[30] - 100)).toBeLessThan(0.5);
    expect([options.smile!.curve.strike.length, options.smile!.quotes.strike.length]).toEqual([21, 60]);
    expect(options.smile!.days).toBe(28);
    expect(JSON.stringify(options).length).toBeLessThan(6000);
    expect(complaintsOf(options)).toEqual([]);
  });

  it('carries levels to the prices of the document, and none where the basis is not known', () => {
    const chain = madeChain({ openInterest: (strike, isCall) => (strike === (isCall ? 110 : 90) ? 5000 : 10) });
    const levels = new Map(optionLevels(told(chain, 25)).map(({ label, price }) => [label, price]));
    expect([levels.get('Call wall'), levels.get('Put wall')]).toEqual([27.5, 22.5]);
    expect(optionLevels(told(chain, Number.NaN))).toEqual([]);
    expect(optionLevels(null)).toEqual([]);
  });

  it('is valid by the schema, and drawn without a number that is none, whatever the chain', () => {
    const rng = createRng(5);
    for (let run = 0; run < 80; run++) {
      const options = told(hostileChain(rng, { contracts: run < 3 ? run : rng.integer(1, 150), hostility: run % 3 === 0 ? 0.2 : 0.02 }));
      expect(complaintsOf(options)).toEqual([]);
      const drawn = [smallOpenInterest(options), smallSmile(options), smallTermStructure(options)].map((chart) => chart?.markup ?? '').join('');
      expect(drawn).not.toMatch(/NaN|undefined|Infinity/);
    }
  });
});
