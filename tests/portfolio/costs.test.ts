import { describe, expect, it } from 'vitest';

import { toCents } from '../../src/portfolio/cents.js';
import { costsConfig, portfolioConfig, type CostsConfig } from '../../src/portfolio/config.js';
import { quote, UNKNOWN_LIQUIDITY, type CostModel, type TradeSize } from '../../src/portfolio/cost-model.js';
import { COST_MODELS, createCostModel } from '../../src/portfolio/costs.js';
import { COST_LAWS, testCostModelContract } from '../contracts/cost-model.js';

const names = Object.keys(COST_MODELS) as CostsConfig['model'][];
/** Settings far from the defaults. */
const DEAR = { commissionBps: 1000, halfSpreadBps: 1000, slippageBps: 1000, liquidity: { perShare: 10, minCommission: 1000, halfSpreadBps: 1000, maxHalfSpreadBps: 1000, impact: 10, maxImpactBps: 5000, assumedVolatility: 1 } };

describe('every cost model of the registry', () => {
  for (const name of names) {
    describe('with its defaults', () => testCostModelContract(createCostModel(costsConfig.parse({ model: name }))));
    describe('as dear as it can be', () => testCostModelContract(createCostModel(costsConfig.parse({ model: name, ...DEAR }))));
  }

  it('is made by its name in the configuration', () => {
    for (const name of names) expect(createCostModel(costsConfig.parse({ model: name })).name).toBe(name);
  });
});

describe('the contract itself', () => {
  const honest = createCostModel(costsConfig.parse({ model: 'liquidity' }));
  it.each<[string, Partial<CostModel>, string]>([
    ['a gift', { concession: () => -0.001 }, 'moves the price against us and leaves some of it'],
    ['a price that vanishes', { concession: () => 1 }, 'moves the price against us and leaves some of it'],
    ['a discount for size', { commission: (shares) => (shares > 1000 ? 100 : shares) }, 'never gets cheaper with the size'],
    ['a fee for nothing', { commission: () => 100 }, 'takes nothing for no shares, and never more than a sale brings'],
    ['easy money where nothing trades', { concession: ({ dollarVolume }) => Math.min(0.5, dollarVolume * 1e-12) || 0 }, 'never gets cheaper where less is traded or prices move more'],
    ['a side that is cheaper', { concession: ({ side }) => (side === 'buy' ? 0.001 : 0.002) }, 'is as dear to sell as to buy'],
    ['a source that is none', { source: 'everybody knows' }, 'says what it is and where it comes from'],
  ])('catches %s', (_, change, law) => {
    const { check } = COST_LAWS.find(({ name }) => name === law)!;
    expect(() => check(honest)).not.toThrow();
    expect(() => check({ ...honest, ...change })).toThrow();
  });
});

const trade = (changes: Partial<TradeSize>): TradeSize => ({ side: 'buy', shares: 100, open: 50, dollarVolume: 1e8, volatility: 0.02, ...changes });

describe('fixed basis points', () => {
  const model = createCostModel(costsConfig.parse({ commissionBps: 5, halfSpreadBps: 1.5, slippageBps: 0.5 }));

  it('move the price by half spread and slippage and take the commission of the cents', () => {
    expect(quote(model, trade({ open: 100 }), null)).toEqual({ price: 100.02, gross: 1_000_200, commission: 500 });
    expect(quote(model, trade({ open: 100, side: 'sell' }), null)).toEqual({ price: 99.98, gross: 999_800, commission: 500 });
  });

  it('round half a cent of commission up, exactly', () => {
    expect(quote(createCostModel(costsConfig.parse({ commissionBps: 5, halfSpreadBps: 0, slippageBps: 0 })), trade({ shares: 91, open: 10 }), null).commission).toBe(46);
  });
});

describe('costs by liquidity', () => {
  const settings = costsConfig.parse({ model: 'liquidity', commissionBps: 1, liquidity: { impact: 0 } });
  const spread = createCostModel(settings);
  const bps = (model: CostModel, changes: Partial<TradeSize>): number => model.concession(trade(changes)) * 10_000;

  it('have a half spread that falls with the square root of the traded value, between floor and cap', () => {
    expect([1e8, 4e8, 2.5e7, 1e12, 1000].map((dollarVolume) => bps(spread, { dollarVolume }))).toEqual([2, 1, 4, 0.5, 50].map((value) => expect.closeTo(value, 10)));
  });

  it('have an impact that is a day of volatility for a day of volume, a tenth for a hundredth', () => {
    const model = createCostModel(costsConfig.parse({ model: 'liquidity', liquidity: { halfSpreadBps: 0, minHalfSpreadBps: 0 } }));
    expect(bps(model, { shares: 2_000_000 })).toBeCloseTo(200, 8);
    expect(bps(model, { shares: 20_000 })).toBeCloseTo(20, 8);
    expect(bps(model, { shares: 20_000, volatility: 0.04 })).toBeCloseTo(40, 8);
    expect(bps(model, { shares: 2_000_000_000 })).toBe(1000);
  });

  it('take the commission in bps and by the share, at least the least one', () => {
    const model = createCostModel(costsConfig.parse({ model: 'liquidity', commissionBps: 2, liquidity: { perShare: 0.005, minCommission: 1 } }));
    expect(model.commission(1000, toCents(50_000))).toBeCloseTo(1000 + 500, 8);
    expect(model.commission(10, toCents(500))).toBe(100);
    expect(model.commission(0, toCents(0))).toBe(0);
  });

  it('take what is unknown for thin and restless, and dearer than what usually is known', () => {
    const model = createCostModel(costsConfig.parse({ model: 'liquidity' }));
    const unknown = model.concession(trade(UNKNOWN_LIQUIDITY));
    expect(unknown).toBe(model.concession(trade({ dollarVolume: 5_000_000, volatility: 0.03 })));
    expect(unknown).toBeGreaterThan(model.concession(trade({})));
  });
});

describe('settings of costs', () => {
  it('are basis points and resting brackets by default', () => {
    expect(portfolioConfig.parse(undefined)).toMatchObject({ brackets: 'resting', costs: { model: 'fixed-bps', commissionBps: 1, halfSpreadBps: 2, slippageBps: 2 } });
  });

  it.each([
    [{ liquidity: { minHalfSpreadBps: 60 } }, 'expected minHalfSpreadBps not above maxHalfSpreadBps'],
    [{ model: 'free' }, 'Invalid option'],
    [{ liquidity: { spread: 1 } }, 'Unrecognized key'],
  ])('refuse %o', (given, message) => {
    expect(() => costsConfig.parse(given)).toThrow(message);
  });
});
