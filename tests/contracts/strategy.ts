import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { computeFeatures } from '../../src/features/compute/compute-features.js';
import type { Position } from '../../src/portfolio/book.js';
import { EVIDENCE_KINDS } from '../../src/strategy/evidence.js';
import type { BookView, Decision, Strategy } from '../../src/strategy/strategy.js';
import type { MarketView } from '../../src/strategy/view.js';
import { bookOf, eligibleAt, emptyBook, forecastsFor, DECISION_FEATURES, makeMarket, positionOf, sessionAt, until, viewAt, type MadeMarket } from '../strategy/market.js';

/** A strategy under test, and the largest sum of weights that its settings allow. */
export interface StrategyCase {
  readonly strategy: Strategy;
  readonly maxGross: number;
  /** Situations tried for each law; 120 unless told. */
  readonly runs?: number;
}

interface Situation {
  readonly index: number;
  readonly eligible: readonly string[];
  readonly positions: readonly Position[];
}

interface Law {
  readonly name: string;
  /** Throws when the strategy breaks it. */
  readonly check: (given: StrategyCase) => void;
}

const MARKET = makeMarket({ symbols: 30, sessions: 340, seed: 3, faults: true });
/** Sessions that decisions are asked for; few, so that what is computed for each can be kept. */
const INDICES = [270, 281, 290, 299, 305, 318, 326, 339];

const held = fc.record({
  row: fc.integer({ min: 0, max: 29 }),
  age: fc.integer({ min: 0, max: 14 }),
  shares: fc.integer({ min: 1, max: 3000 }),
  stop: fc.double({ min: 0.3, max: 1.2, noNaN: true }),
  target: fc.double({ min: 0.8, max: 3, noNaN: true }),
});

/** Any session, any of its instruments open to be bought, any of them held since some days at some levels. */
const situations: fc.Arbitrary<Situation> = fc
  .record({ index: fc.constantFrom(...INDICES), closed: fc.array(fc.integer({ min: 0, max: 29 }), { maxLength: 12 }), held: fc.uniqueArray(held, { maxLength: 12, selector: ({ row }) => row }) })
  .map(({ index, closed, held: list }) => ({
    index,
    eligible: eligibleAt(MARKET, index).filter((symbol) => !closed.some((row) => MARKET.bars.symbols[row] === symbol)),
    positions: list.map(({ row, age, shares, stop, target }) => {
      const symbol = MARKET.bars.symbols[row];
      const price = viewAt(MARKET, index - age).lastClose(symbol);
      return positionOf(MARKET, index, symbol, { age, shares, entryPrice: price, stop: stop * price, target: target * price });
    }),
  }));

const freshSituations = situations.map((situation) => ({ ...situation, positions: [] }));

interface Asked {
  readonly decision: Decision;
  readonly view: MarketView;
  readonly book: BookView;
}

function ask({ strategy }: StrategyCase, { index, eligible, positions }: Situation, market: MadeMarket = MARKET, shift = 0): Asked {
  const view = viewAt(market, index - shift, { eligible, forecasts: forecastsFor(MARKET, index) });
  const book = positions.length === 0 ? emptyBook() : bookOf(view, positions);
  return { decision: strategy.decide(view, book), view, book };
}

function always(given: StrategyCase, check: (asked: Asked, situation: Situation) => void, from: fc.Arbitrary<Situation> = situations): void {
  fc.assert(
    fc.property(from, (situation) => {
      check(ask(given, situation), situation);
    }),
    { numRuns: given.runs ?? 120 },
  );
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

function once<Result>(make: (index: number) => Result): (index: number) => Result {
  const made = new Map<number, Result>();
  return (index) => {
    if (!made.has(index)) made.set(index, make(index));
    return made.get(index)!;
  };
}

const cutAt = once((index) => until(MARKET, index));

/** The market with everything after a session replaced by prices that nobody could have foreseen. */
const absurdAfter = once((index): MadeMarket => {
  const width = MARKET.bars.sessions.length;
  const spoil = (name: string): Float64Array => Float64Array.from(MARKET.bars.column(name), (value, i) => (i % width > index ? 1e7 / (1 + (i % 13)) : value));
  const bars = MARKET.bars.with(Object.fromEntries(MARKET.bars.columnNames.map((name) => [name, spoil(name)])));
  return { bars, features: computeFeatures({ bars }, DECISION_FEATURES) };
});

/** The market of the last sessions before, and with, a session. */
const lastSessions = (count: number): ((index: number) => MadeMarket) => once((index) => {
  const bars = MARKET.bars.between(sessionAt(MARKET, index + 1 - count), sessionAt(MARKET, index));
  return { bars, features: computeFeatures({ bars }, DECISION_FEATURES) };
});

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const weights = ({ targets }: Decision, action: string): number => sum(targets.filter((target) => target.action === action).map(({ weight }) => weight));

/** What every strategy of the registry promises. */
export const STRATEGY_LAWS: readonly Law[] = [
  {
    name: 'decides the same for the same view and book, and changes neither',
    check: (given) => always(given, (first, situation) => {
      const view = viewAt(MARKET, situation.index, { eligible: situation.eligible, forecasts: deepFreeze(forecastsFor(MARKET, situation.index)) });
      const book = deepFreeze(structuredClone(first.book));
      expect(given.strategy.decide(view, book)).toEqual(first.decision);
      expect(book).toEqual(first.book);
    }),
  },
  {
    name: 'decides the same whatever comes after the session',
    check: (given) => always(given, ({ decision }, situation) => {
      expect(ask(given, situation, cutAt(situation.index)).decision).toEqual(decision);
      expect(ask(given, situation, absurdAfter(situation.index)).decision).toEqual(decision);
    }),
  },
  {
    name: 'needs no more history than its lookback',
    check(given) {
      const { lookback } = given.strategy;
      const recent = lastSessions(lookback);
      always(given, ({ decision }, situation) => {
        expect(ask(given, situation, recent(situation.index), situation.index + 1 - lookback).decision).toEqual(decision);
      });
    },
  },
  {
    name: 'names the session it decided on',
    check: (given) => always(given, ({ decision, view }) => expect(decision.session).toBe(view.session)),
  },
  {
    name: 'says of everything held whether to hold or to leave, once',
    check: (given) => always(given, ({ decision, book }) => {
      for (const { symbol } of book.positions) {
        const own = decision.targets.filter((target) => target.symbol === symbol);
        expect(own.map(({ action }) => ['hold', 'exit'].includes(action))).toEqual([true]);
      }
      expect(new Set(decision.targets.map(({ symbol }) => symbol)).size).toBe(decision.targets.length);
    }),
  },
  {
    name: 'enters only what is eligible and not held',
    check: (given) => always(given, ({ decision, book }, { eligible }) => {
      for (const { symbol, action } of decision.targets) {
        const isHeld = book.positions.some((position) => position.symbol === symbol);
        expect(action === 'enter' ? eligible.includes(symbol) && !isHeld : isHeld, `${action} ${symbol}`).toBe(true);
      }
    }),
  },
  {
    name: 'enters nothing that a risk rule barred, and changes the places of nobody for it',
    check: (given) => always(given, ({ decision, view, book }) => {
      const barred = new Set(decision.targets.flatMap(({ symbol, action }, i) => (action === 'enter' && i % 2 === 0 ? [symbol] : [])));
      const again = given.strategy.decide(view.barring(barred), book);
      const places = new Map(decision.targets.map(({ symbol, standing }) => [symbol, standing]));
      for (const { symbol, action, standing } of again.targets) {
        if (action === 'enter') expect(barred.has(symbol), symbol).toBe(false);
        if (places.has(symbol)) expect(standing).toEqual(places.get(symbol));
      }
    }),
  },
  {
    name: 'accounts for every eligible instrument once: a target, or left out and why',
    check: (given) => always(given, ({ decision }, { eligible }) => {
      const named = [...decision.targets.map(({ symbol }) => symbol), ...decision.leftOut.map(({ symbol }) => symbol)];
      expect(new Set(named).size).toBe(named.length);
      expect(eligible.filter((symbol) => !named.includes(symbol))).toEqual([]);
      for (const { reason } of decision.leftOut) expect(reason).not.toBe('');
    }),
  },
  {
    name: 'never lets the weights of a fresh book exceed the allowed sum',
    check: (given) => always(given, ({ decision }) => expect(weights(decision, 'enter')).toBeLessThanOrEqual(given.maxGross + 1e-12), freshSituations),
  },
  {
    name: 'enters only into the room that what it holds leaves',
    check: (given) => always(given, ({ decision }) => expect(weights(decision, 'enter')).toBeLessThanOrEqual(Math.max(0, given.maxGross - weights(decision, 'hold')) + 1e-12)),
  },
  {
    name: 'gives weights, prices and lengths that make sense',
    check: (given) => always(given, ({ decision }) => {
      for (const { symbol, action, weight, entry, stop, target, trailing, horizon } of decision.targets) {
        expect([weight, entry, stop, target].every(Number.isFinite), symbol).toBe(true);
        expect(weight).toBeGreaterThanOrEqual(0);
        if (action === 'exit') expect(weight).toBe(0);
        if (action === 'enter') expect(weight > 0 && stop > 0 && stop < entry && entry < target, symbol).toBe(true);
        expect(Number.isInteger(horizon) && horizon > 0).toBe(true);
        expect(trailing === null || trailing > 0, symbol).toBe(true);
      }
    }),
  },
  {
    name: 'orders what it enters, and only that, at no less than its stop',
    check: (given) => always(given, ({ decision }) => {
      for (const { symbol, action, entry, stop, order } of decision.targets) {
        expect(order !== null, symbol).toBe(action === 'enter');
        if (order?.kind === 'limit') expect(order.limit <= entry && order.limit > stop, `${symbol}: stop ${stop}, limit ${order.limit}, close ${entry}`).toBe(true);
      }
    }),
  },
  {
    name: 'ranks what it names from 1 on, each place once, entries in their order',
    check: (given) => always(given, ({ decision }) => {
      const places = decision.targets.flatMap(({ standing }) => (standing === null ? [] : [standing]));
      for (const { score, rank, of } of places) expect(Number.isFinite(score) && Number.isInteger(rank) && rank >= 1 && rank <= of).toBe(true);
      expect(new Set(places.map(({ rank }) => rank)).size).toBe(places.length);
      const entered = decision.targets.filter(({ action }) => action === 'enter').map(({ standing }) => standing!.rank);
      expect(entered).toEqual([...entered].sort((a, b) => a - b));
    }),
  },
  {
    name: 'says what would disprove everything but what it leaves',
    check: (given) => always(given, ({ decision }) => {
      for (const { action, wouldDisprove } of decision.targets) expect(wouldDisprove.length > 0).toBe(action !== 'exit');
    }),
  },
  {
    name: 'backs every target with evidence whose numbers are there',
    check: (given) => always(given, ({ decision }) => {
      for (const { symbol, evidence, wouldDisprove } of decision.targets) {
        expect(evidence.length, symbol).toBeGreaterThan(0);
        for (const { code, values } of [...evidence, ...wouldDisprove]) {
          expect(Object.keys(EVIDENCE_KINDS)).toContain(code);
          expect(Object.keys(EVIDENCE_KINDS[code].units)).toEqual(expect.arrayContaining(Object.keys(values)));
          for (const [name, value] of Object.entries(values)) expect(typeof value === 'string' || Number.isFinite(value), `${symbol} ${code} ${name} ${value}`).toBe(true);
        }
      }
    }),
  },
];

/** Runs every law on one strategy. */
export function testStrategyContract(given: StrategyCase): void {
  describe(given.strategy.name, () => {
    for (const { name, check } of STRATEGY_LAWS) it(name, () => check(given));
  });
}
