import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import { cleanChain } from '../../src/options/chain/clean-chain.js';
import type { CleanRows } from '../../src/options/chain/clean-rows.js';
import type { OptionChain } from '../../src/options/chain/option-chain.js';
import { chainPanel } from '../../src/options/panel/chain-panel.js';
import { summarizeChain } from '../../src/options/summary/summarize-chain.js';
import { flatRate } from '../../src/options/surface/rate-curve.js';
import { valueChain } from '../../src/options/valuation/valued-chain.js';
import { hostileChain } from './hostile-chain.js';

const CHAINS = 10_000;
const total = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

/** What breaks one of the promises, in words. */
function broken(chain: OptionChain, rows: CleanRows): string[] {
  const valued = valueChain(rows, { curve: flatRate(0.04) });
  const summary = summarizeChain(valued);
  const infinite = Object.entries(summary).filter(([, value]) => !Number.isFinite(value) && !Number.isNaN(value)).map(([name, value]) => `${name} is ${value}`);
  const { contract, surface, none } = valued.volatilityFrom;
  const alive = rows.years.filter((years) => years > 0).length;
  const reasoned = total(rows.unpriced) + rows.price.filter((price, i) => !Number.isNaN(price) && !Number.isNaN(rows.hasOwnVolatility ? rows.volatility[i] : price)).length;
  return [
    ...infinite,
    ...(rows.count + total(rows.excluded) === chain.expiry.length ? [] : [`${chain.expiry.length} rows came, ${rows.count} count and ${total(rows.excluded)} were left out`]),
    ...(contract + surface + none === alive ? [] : [`${alive} contracts live, ${contract + surface + none} have a volatility or none`]),
    ...(reasoned === rows.count ? [] : [`${rows.count} contracts count, ${reasoned} are priced or have a reason why not`]),
    ...(valued.volatility.some((value) => value === Infinity) ? ['a volatility is infinite'] : []),
    ...(JSON.stringify(chainPanel(valued)).includes('Infinity') ? ['the panel holds infinity'] : []),
  ];
}

describe('chains of anything', () => {
  it(`never crash, never give infinity, and every row is counted: ${CHAINS} of them`, () => {
    const rng = createRng(2026).fork('hostile chains');
    const failures: string[] = [];
    for (let n = 0; n < CHAINS && failures.length < 5; n++) {
      const chain = hostileChain(rng, { contracts: [0, 1, 2, rng.integer(3, 20), rng.integer(20, 120)][rng.integer(0, 4)], hostility: [0, 0.02, 0.2, 0.8][rng.integer(0, 3)] });
      try {
        failures.push(...broken(chain, cleanChain(chain)).map((what) => `chain ${n}: ${what}`));
      } catch (error) {
        failures.push(`chain ${n}: ${error instanceof Error ? `${error.message} ${error.stack?.split('\n')[1]}` : String(error)}`);
      }
    }
    expect(failures).toEqual([]);
  }, 120_000);

  it('may be a million contracts', () => {
    const chain = hostileChain(createRng(1).fork('a million'), { contracts: 1_000_000, hostility: 0.01 });
    const rows = cleanChain(chain);
    expect(broken(chain, rows)).toEqual([]);
    expect(rows.excluded.duplicate).toBeGreaterThan(900_000);
  }, 60_000);

  it('may be a million contracts that all differ', () => {
    const [perExpiry, expiries] = [1000, 500];
    const count = 2 * perExpiry * expiries;
    const strikeOf = (i: number): number => 1 + Math.floor((i % (2 * perExpiry)) / 2);
    const blank = new Float64Array(count).fill(Number.NaN);
    const chain: OptionChain = {
      underlying: 'WIDE', session: 20_000, spot: 500, isStale: false,
      expiry: Int32Array.from({ length: count }, (_, i) => 20_001 + Math.floor(i / (2 * perExpiry))),
      isCall: Uint8Array.from({ length: count }, (_, i) => 1 - (i % 2)),
      strike: Float64Array.from({ length: count }, (_, i) => strikeOf(i)),
      bid: blank, ask: blank, last: Float64Array.from({ length: count }, (_, i) => 3 + Math.max(0, (i % 2 === 0 ? 1 : -1) * (500 - strikeOf(i)))), volume: new Float64Array(count).fill(1), openInterest: new Float64Array(count).fill(10), impliedVolatility: new Float64Array(count).fill(0.3),
    };
    const rows = cleanChain(chain);
    expect(broken(chain, rows)).toEqual([]);
    expect(rows.count).toBe(count);
  }, 60_000);
});
