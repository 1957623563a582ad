import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Position } from '../../src/portfolio/book.js';
import type { RiskConfig } from '../../src/portfolio/rules/config.js';
import { riskConfig } from '../../src/portfolio/rules/config.js';
import { decideSession, type SessionDecision } from '../../src/strategy/decide-session.js';
import { momentumConfig, type MomentumConfig } from '../../src/strategy/momentum/config.js';
import { momentum } from '../../src/strategy/momentum/momentum.js';
import type { Strategy } from '../../src/strategy/strategy.js';
import type { MarketView } from '../../src/strategy/view.js';
import { only } from '../portfolio/rules/book.js';
import { bookOf, eligibleAt, makeMarket, positionOf, viewAt } from './market.js';
import { held, ladder, scene, type Name } from './scene.js';

const EQUITY = 1_000_000;
const strategyOf = (settings: Partial<MomentumConfig> = {}): Strategy => momentum(momentumConfig.parse({ top: 3, maxWeight: 0.05, targetVolatility: 0.5, ...settings }));

interface Told {
  readonly positions?: readonly Position[];
  readonly highestEquity?: number;
  readonly strategy?: Strategy;
}

const decide = (view: MarketView, risk: RiskConfig, { positions = [], highestEquity = EQUITY, strategy = strategyOf() }: Told = {}): SessionDecision => decideSession(view, { equity: EQUITY, cash: EQUITY, highestEquity, positions, recentStops: [] }, { strategy, risk });
const actions = ({ targets }: Pick<SessionDecision, 'targets'>): string[] => targets.map(({ symbol, action }) => `${action} ${symbol}`);
const why = ({ leftOut }: SessionDecision): Record<string, string> => Object.fromEntries(leftOut.map(({ symbol, reason }) => [symbol, reason]));

/** A strategy that counts how often it is asked, and of whom. */
function watched(inner: Strategy): { strategy: Strategy; asked: string[][] } {
  const asked: string[][] = [];
  return { asked, strategy: { ...inner, decide: (view, book) => (asked.push(view.eligible.filter((symbol) => !view.isBarred(symbol))), inner.decide(view, book)) } };
}

describe('a decision that no rule minds', () => {
  it('is the decision of the strategy, and says what was wanted', () => {
    const view = scene(ladder(5));
    const { risk, wanted, exposure, drawdown, unknown, ...decision } = decide(view, only({}));
    expect(decision).toEqual(strategyOf().decide(view, { equity: EQUITY, cash: EQUITY, highestEquity: EQUITY, positions: [], recentStops: [] }));
    expect([...wanted]).toEqual(decision.targets.map(({ symbol, weight }) => [symbol, weight]));
    expect([risk.verdicts, risk.conflicts, drawdown]).toEqual([[], [], 0]);
    expect(unknown).toMatchObject({ 'sector-cap': 3, 'volatility-target': 0 });
    expect(exposure.gross).toBeCloseTo(decision.targets.reduce((sum, { weight }) => sum + weight, 0), 12);
  });
});

describe('an entry that a rule refuses for what it is', () => {
  const restricted = (symbols: readonly string[]): RiskConfig => only({ restrictedList: { symbols: [...symbols] } });

  it('is replaced by the next in rank, and left out in the words of the rule', () => {
    const decision = decide(scene(ladder(6)), restricted(['S02']));
    expect(actions(decision)).toEqual(['enter S01', 'enter S03', 'enter S04']);
    expect(decision.leftOut.find(({ symbol }) => symbol === 'S02')!.rule).toBe('restricted-list');
    expect(why(decision)).toEqual({ S02: 'Cut from 5.0 % to 0.0 %: S02 is on the restricted list.', S05: 'ranked below the best 3', S06: 'ranked below the best 3' });
  });

  it('is asked for no more than three times again; what is refused then stays empty', () => {
    const { strategy, asked } = watched(strategyOf({ top: 1 }));
    const decision = decide(scene(ladder(8)), restricted(['S01', 'S02', 'S03', 'S04']), { strategy });
    expect(asked.map((eligible) => eligible[0])).toEqual(['S01', 'S02', 'S03', 'S04']);
    expect(decision.targets).toEqual([]);
    expect(Object.keys(why(decision)).sort()).toEqual(Object.keys(ladder(8)).sort());
    for (const symbol of ['S01', 'S02', 'S03', 'S04']) expect(why(decision)[symbol]).toContain('restricted list');
    expect(actions(decide(scene(ladder(8)), restricted(['S01', 'S02', 'S03']), { strategy: strategyOf({ top: 1 }) }))).toEqual(['enter S04']);
  });

  it('keeps its place: those behind it do not move up', () => {
    const { targets } = decide(scene(ladder(6)), restricted(['S02']));
    expect(targets.map(({ symbol, standing }) => [symbol, standing!.rank])).toEqual([['S01', 1], ['S03', 3], ['S04', 4]]);
  });

  it('is also one whose weight does not buy a share', () => {
    const decision = decide(scene({ ...ladder(4), S02: { momentum: 0.98, close: 60_000 } }), only({}));
    expect(actions(decision)).toEqual(['enter S01', 'enter S03', 'enter S04']);
    expect(decision.leftOut).toContainEqual({ symbol: 'S02', reason: 'its weight does not buy one share' });
    expect(decision.exposure.gross).toBeCloseTo(0.15, 12);
  });

  it('may be several at once, each replaced', () => {
    expect(actions(decide(scene(ladder(8)), restricted(['S01', 'S02', 'S03', 'S05'])))).toEqual(['enter S04', 'enter S06', 'enter S07']);
  });

  it('is one whose report is near, by the features of the day', () => {
    const names: Record<string, Name> = { ...ladder(4), S01: { momentum: 0.99, features: { 'sessions-to-earnings': 2 } }, S02: { momentum: 0.98, features: { 'sessions-to-earnings': 3 } } };
    const decision = decide(scene(names), only({ earningsBlackout: { sessions: 2 } }));
    expect(actions(decision)).toEqual(['enter S02', 'enter S03', 'enter S04']);
    expect(why(decision)['S01']).toBe('Cut from 5.0 % to 0.0 %: earnings report expected in 2 sessions, nothing is bought within 2 of one.');
  });
});

describe('an entry for which the book is full', () => {
  it('is not replaced', () => {
    const { strategy, asked } = watched(strategyOf());
    const decision = decide(scene(ladder(6)), only({ maxNames: { max: 2 } }), { strategy });
    expect(actions(decision)).toEqual(['enter S01', 'enter S02']);
    expect(why(decision)['S03']).toBe('Cut from 5.0 % to 0.0 %: 3 names were wanted, at most 2 may be held.');
    expect(asked).toHaveLength(1);
  });

  it('is smaller where a part of it fits, and what was wanted is known', () => {
    const { targets, wanted, risk, exposure } = decide(scene(ladder(6)), only({ grossLimit: { max: 0.12 } }));
    expect(targets.map(({ weight }) => weight)).toEqual([0.05, 0.05, expect.closeTo(0.02, 12)]);
    expect(wanted.get('S03')).toBe(0.05);
    expect(risk.weights.get('S03')).toBeCloseTo(0.02, 12);
    expect(exposure.gross).toBeCloseTo(0.12, 12);
  });

  it('is none where what would fit is too little to buy', () => {
    const decision = decide(scene(ladder(6)), only({ grossLimit: { max: 0.11 } }, 0.25));
    expect(actions(decision)).toEqual(['enter S01', 'enter S02']);
    expect(why(decision)['S03']).toContain('the 1.0 % left would be too little to buy');
  });
});

describe('a held name that a rule cuts', () => {
  const cut = (max: number): SessionDecision => decide(scene(ladder(3)), only({ maxWeight: { max } }), { positions: [held('S01', { shares: 2000 })], strategy: strategyOf({ top: 1 }) });

  it('is reduced, with the rule as the first reason', () => {
    const [target] = cut(0.12).targets;
    expect(target).toMatchObject({ symbol: 'S01', action: 'reduce', weight: expect.closeTo(0.12, 12), order: null });
    expect(target.evidence.map(({ code }) => code)).toEqual(['risk-rule', 'held']);
    expect(target.evidence[0].values).toMatchObject({ rule: 'max-weight', before: expect.closeTo(0.2, 12), after: expect.closeTo(0.12, 12), reason: expect.stringContaining('Cut from 20.0 % to 12.0 %') });
    expect(target.wouldDisprove.length).toBeGreaterThan(0);
  });

  it('is left where nothing of it may stay, and then nothing can disprove it', () => {
    const decision = decide(scene(ladder(3)), only({ maxNames: { max: 0 } }), { positions: [held('S01', { shares: 2000 })], strategy: strategyOf({ top: 1 }) });
    expect(decision.targets[0]).toMatchObject({ symbol: 'S01', action: 'exit', weight: 0, wouldDisprove: [] });
    expect(decision.targets[0].evidence[0]).toMatchObject({ code: 'risk-rule', values: { rule: 'max-names' } });
  });

  it('is held where no rule minds', () => {
    expect(actions(cut(0.2))).toEqual(['hold S01']);
  });

  it('and is to be left anyway keeps its own reason', () => {
    const decision = decide(scene({ S01: { momentum: 0.9, close: 40 } }), only({ maxWeight: { max: 0.01 } }), { positions: [held('S01', { shares: 2000 })] });
    expect(decision.targets[0].evidence.map(({ code }) => code)).toEqual(['stop', 'held']);
  });

  it('but cannot be sold stands, and the conflict is told', () => {
    const view = scene({ ...ladder(2), S01: { momentum: 0.99, close: Number.NaN } });
    const decision = decide(view, only({ maxWeight: { max: 0.1 } }), { positions: [held('S01', { shares: 2000 })], strategy: strategyOf({ top: 1 }) });
    expect(actions(decision)).toEqual(['hold S01']);
    expect(decision.risk.conflicts[0].reason).toContain('S01 cannot be sold at the next open');
  });
});

describe('drawdown', () => {
  it('is counted from the highest equity, and brakes', () => {
    const decision = decide(scene(ladder(3)), only({ drawdownBrake: { gross: 1, from: 0.1, to: 0.2, least: 0.1 } }), { highestEquity: 1_250_000 });
    expect(decision.drawdown).toBeCloseTo(0.2, 12);
    expect(decision.exposure.gross).toBeCloseTo(0.1, 12);
  });
});

const market = makeMarket({ symbols: 24, sessions: 330, seed: 12, faults: true });
const INDEX = 325;

/** Any book, and rules of any strictness. */
const situations = fc.record({
  rows: fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { maxLength: 8 }),
  shares: fc.integer({ min: 1, max: 800 }),
  closed: fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { maxLength: 6 }),
  restricted: fc.subarray([...market.bars.symbols], { maxLength: 10 }),
  maxNames: fc.integer({ min: 0, max: 12 }),
  gross: fc.integer({ min: 0, max: 20 }).map((step) => step / 20),
  sectorCap: fc.integer({ min: 1, max: 10 }).map((step) => step / 10),
});

describe('decisions of any evening', () => {
  it('account for every eligible name exactly once, keep to the rules, and never want more than the strategy', () => {
    const base = viewAt(market, INDEX);
    const strategy = strategyOf({ top: 6, maxWeight: 0.08, minMomentum: -1 });
    fc.assert(
      fc.property(situations, ({ rows, shares, closed, restricted, maxNames, gross, sectorCap }) => {
        const eligible = eligibleAt(market, INDEX).filter((symbol) => !closed.some((row) => market.bars.symbols[row] === symbol));
        const view = viewAt(market, INDEX, { eligible });
        const positions = rows.map((row) => positionOf(market, INDEX, market.bars.symbols[row], { shares }));
        const risk = riskConfig.parse({ restrictedList: { symbols: restricted }, maxNames: { max: maxNames }, grossLimit: { max: gross }, sectorCap: { max: sectorCap } });
        const decision = decideSession(view, bookOf(base, positions), { strategy, risk });
        const named = [...decision.targets, ...decision.leftOut].map(({ symbol }) => symbol);
        expect([...named].sort()).toEqual([...new Set(named)].sort());
        expect([...eligible, ...positions.map(({ symbol }) => symbol)].filter((symbol) => !named.includes(symbol))).toEqual([]);
        for (const { symbol, action, weight } of decision.targets) {
          expect(weight).toBeLessThanOrEqual(decision.wanted.get(symbol)! + 1e-12);
          if (action === 'enter') expect([restricted.includes(symbol), weight > 0, eligible.includes(symbol)]).toEqual([false, true, true]);
          if (action === 'reduce') expect(weight > 0 && weight < decision.wanted.get(symbol)!).toBe(true);
          if (action !== 'exit') expect(weight).toBe(decision.risk.weights.get(symbol));
        }
        for (const { reason } of decision.leftOut) expect(reason).toMatch(/\S/);
        const after = decision.risk.readings.find(({ rule }) => rule === 'max-names')!.after!;
        expect(after <= maxNames || decision.risk.conflicts.some(({ rule }) => rule === 'max-names')).toBe(true);
      }),
      { seed: 41, numRuns: 100 },
    );
  });

  it('are the same twice', () => {
    const ask = (): SessionDecision => decideSession(viewAt(market, INDEX), bookOf(viewAt(market, INDEX), [positionOf(market, INDEX, 'S03')]), { strategy: strategyOf(), risk: riskConfig.parse({}) });
    expect(ask()).toEqual(ask());
  });
});
