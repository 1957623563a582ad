import { describe, expect, it } from 'vitest';

import { SIZINGS, type SizingMethod } from '../../src/portfolio/sizing/registry.js';
import { strategyConfig, type StrategyConfig } from '../../src/strategy/config.js';
import { createStrategy, STRATEGIES } from '../../src/strategy/registry.js';
import type { Decision, Strategy } from '../../src/strategy/strategy.js';
import { STRATEGY_LAWS, testStrategyContract, type StrategyCase } from '../contracts/strategy.js';

const names = Object.keys(STRATEGIES) as StrategyConfig['name'][];

const made = (name: StrategyConfig['name'], settings: object = {}): StrategyCase => {
  const config = strategyConfig.parse({ name, [name]: settings });
  return { strategy: createStrategy(config), maxGross: config[name].maxGross };
};

/** Settings that leave little room. */
const TIGHT = { priority: { minEdge: -1 }, momentum: { minMomentum: -1 } };
const tight = (name: StrategyConfig['name']): object => ({ top: 4, maxGross: 0.3, keepWithin: 1, horizon: 3, ...TIGHT[name] });

/** Every way to size, to enter, to stop and to trail; ways that do not touch each other are tried together. */
const WAYS: Readonly<Record<string, object>> = {
  'equal weights, limits and stops below lows': { sizing: { method: 'equal-weight' }, entry: 'limit', limitRanges: 1, stop: 'structure' },
  'inverse volatility and stops that trail': { sizing: { method: 'inverse-volatility' }, trailingRanges: 2.5 },
  'minimum variance and limits': { sizing: { method: 'minimum-variance', sessions: 60 }, entry: 'limit', limitRanges: 1 },
  'risk parity and stops below lows that trail': { sizing: { method: 'hierarchical-risk-parity', sessions: 60 }, stop: 'structure', structureSessions: 10, trailingRanges: 4 },
  'mean and variance, limits at the close, and near stops': { sizing: { method: 'mean-variance', sessions: 60 }, entry: 'limit', limitRanges: 0, stopRanges: 0.5, targetRanges: 0.5 },
};

describe('every strategy of the registry', () => {
  for (const name of names) {
    describe('with its defaults', () => testStrategyContract(made(name)));
    describe('with little room', () => testStrategyContract(made(name, tight(name))));
    for (const [way, settings] of Object.entries(WAYS)) describe(`with ${way}`, () => testStrategyContract({ ...made(name, settings), runs: 40 }));
  }

  it('is tried with every sizing, entry and stop that there is', () => {
    const tried = Object.values(WAYS) as { sizing: { method: SizingMethod }; entry?: string; stop?: string; trailingRanges?: number }[];
    expect(['volatility-target', ...tried.map(({ sizing }) => sizing.method)].sort()).toEqual(Object.keys(SIZINGS).sort());
    expect(new Set(tried.map(({ entry = 'open' }) => entry))).toEqual(new Set(['open', 'limit']));
    expect(new Set(tried.map(({ stop = 'volatility' }) => stop))).toEqual(new Set(['volatility', 'structure']));
  });

  it('is made by its name in the configuration', () => {
    for (const name of names) expect(createStrategy(strategyConfig.parse({ name })).name).toBe(name);
  });
});

const honest = made('momentum').strategy;

/** The honest strategy with its decisions changed. */
const changed = (change: (decision: Decision, call: number) => Decision): Strategy => {
  let calls = 0;
  return { ...honest, decide: (view, book) => change(honest.decide(view, book), ++calls) };
};

function isBroken(law: string, strategy: Strategy): boolean {
  const { check } = STRATEGY_LAWS.find(({ name }) => name === law)!;
  try {
    check({ strategy, maxGross: 0.95 });
    return false;
  } catch {
    return true;
  }
}

describe('the contract itself', () => {
  it.each<[string, Strategy, string]>([
    ['moods', changed((decision, call) => (call % 3 === 0 ? { ...decision, targets: [] } : decision)), 'decides the same for the same view and book, and changes neither'],
    ['a position that is forgotten', changed((decision) => ({ ...decision, targets: decision.targets.filter(({ action }) => action !== 'hold') })), 'says of everything held whether to hold or to leave, once'],
    ['a name that vanishes', changed((decision) => ({ ...decision, leftOut: decision.leftOut.slice(1) })), 'accounts for every eligible instrument once: a target, or left out and why'],
    ['more than there is', changed((decision) => ({ ...decision, targets: decision.targets.map((target) => ({ ...target, weight: 2 * target.weight })) })), 'enters only into the room that what it holds leaves'],
    ['a number that is none', changed((decision) => ({ ...decision, targets: decision.targets.map((target) => ({ ...target, evidence: [{ code: 'momentum', values: { return: Number.NaN } }] })) })), 'backs every target with evidence whose numbers are there'],
    ['a deeper memory than stated', { ...honest, lookback: 252 }, 'needs no more history than its lookback'],
    ['an entry of what may not be bought', changed((decision) => ({ ...decision, targets: decision.targets.map((target) => ({ ...target, symbol: target.action === 'enter' ? 'S99' : target.symbol })) })), 'enters only what is eligible and not held'],
  ])('catches %s', (_, strategy, law) => {
    expect(isBroken(law, honest)).toBe(false);
    expect(isBroken(law, strategy)).toBe(true);
  });
});
