import { describe, expect, it } from 'vitest';

import { strategyConfig, type StrategyConfig } from '../../src/strategy/config.js';
import { createStrategy, STRATEGIES } from '../../src/strategy/registry.js';
import type { Decision, Strategy } from '../../src/strategy/strategy.js';
import { STRATEGY_LAWS, testStrategyContract, type StrategyCase } from '../contracts/strategy.js';

const names = Object.keys(STRATEGIES) as StrategyConfig['name'][];

/** The registered strategy with its defaults, and with settings that leave little room. */
function cases(name: StrategyConfig['name']): StrategyCase[] {
  const own = { forecast: { minEdge: -1 }, momentum: { minMomentum: -1 } }[name];
  const tight = strategyConfig.parse({ name, [name]: { top: 4, maxGross: 0.3, keepWithin: 1, horizon: 3, ...own } });
  const usual = strategyConfig.parse({ name });
  return [usual, tight].map((config) => ({ strategy: createStrategy(config), maxGross: config[name].maxGross }));
}

describe('every strategy of the registry', () => {
  for (const name of names) cases(name).forEach((given, i) => describe(i === 0 ? 'with its defaults' : 'with little room', () => testStrategyContract(given)));

  it('is made by its name in the configuration', () => {
    for (const name of names) expect(createStrategy(strategyConfig.parse({ name })).name).toBe(name);
  });
});

const honest = cases('momentum')[0].strategy;

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
