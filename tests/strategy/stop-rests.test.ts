import { describe, expect, it } from 'vitest';

import { fromEpochDay, type IsoDate } from '../../src/core/dates.js';
import { openBook, type Book, type Position } from '../../src/portfolio/book.js';
import { toCents } from '../../src/portfolio/cents.js';
import { costsConfig } from '../../src/portfolio/config.js';
import { createCostModel } from '../../src/portfolio/costs.js';
import { runSession, type SessionInputs, type SessionResult, type SessionRules } from '../../src/strategy/run-session.js';
import type { Strategy, Target } from '../../src/strategy/strategy.js';
import { only } from '../portfolio/rules/book.js';
import { barsOf, featuresOf, type MadeName } from './made-bars.js';

/** Holds whatever is held, come what may; one that forgets names none. */
const holding = (forgets = false): Strategy => ({
  name: 'holding', describe: 'holds what is held', lookback: 1, features: [],
  decide: (view, { positions, equity }) => ({ session: view.session, leftOut: [], targets: forgets ? [] : positions.map(({ symbol, shares, stop, target, horizon, trailing }): Target => ({ symbol, action: 'hold', weight: (shares * view.lastClose(symbol)) / equity, entry: 100, stop, target, trailing, horizon, order: null, standing: null, evidence: [{ code: 'held', values: { sessions: 1 } }], wouldDisprove: [{ code: 'breaks-stop', values: { stop } }] })) }),
});

const rulesOf = (strategy: Strategy): SessionRules => ({ strategy, risk: only({}), step: { costs: createCostModel(costsConfig.parse({ commissionBps: 0, halfSpreadBps: 0, slippageBps: 0 })), brackets: 'resting', fills: { maxParticipation: 0.1, unknownDollarVolume: 0 } } });

/** Twenty quiet sessions, then one that falls through the stop and closes above it, then a recovery; it trades 4,000 a session. */
const QUIET = Array.from({ length: 20 }, () => 100);
const DIP: MadeName = { close: [...QUIET, 95, 99, 104, 110], open: [...QUIET, 98, 97, 100, 105], low: [...QUIET, 89, 96, 99, 104], high: [...QUIET, 99, 100, 105, 111], tradedValue: [...QUIET, 0, 0, 0, 0].map(() => 4000) };
const BARS = barsOf({ A: DIP });
const day = (index: number): IsoDate => fromEpochDay(BARS.sessions[index]);
const position: Position = { symbol: 'A', shares: 12, entrySession: day(15), entryPrice: 100, cost: toCents(1200), high: 100, stop: 90, target: 200, horizon: 60, trailing: null };
const inputsAt = (index: number): SessionInputs => {
  const bars = BARS.slice(0, index + 1);
  return { index, bars, features: featuresOf({ A: DIP }, bars), eligible: ['A'], forecasts: new Map(), actions: new Map() };
};
const START: Book = { ...openBook(0), session: day(19), positions: [position] };

function evenings(from: Book, indices: readonly number[], strategy = holding()): SessionResult[] {
  const results: SessionResult[] = [];
  for (const index of indices) results.push(runSession(inputsAt(index), results.at(-1)?.book ?? from, rulesOf(strategy)));
  return results;
}

const sold = (results: readonly SessionResult[]): unknown[] => results.flatMap(({ fills }) => fills.map(({ session, shares, price, reason }) => [session, shares, price, reason]));
// 400 a session: 4 shares at the stop of 90, at the open of 97, and at that of 100, where the last 4 go
const EXPECTED = [[day(20), 4, 90, 'stop'], [day(21), 4, 97, 'stop'], [day(22), 4, 100, 'stop']];

describe('what a stop could not sell', () => {
  it('is sold open by open although the price recovers and the strategy would hold it', () => {
    const results = evenings(START, [20, 21, 22]);
    expect(sold(results)).toEqual(EXPECTED);
    expect(results[2].book).toMatchObject({ positions: [], orders: [] });
  });

  it('is an exit of the decision, with the stop as its first reason, and its order says so', () => {
    const [{ decision, book }] = evenings(START, [20]);
    expect(decision.targets[0]).toMatchObject({ action: 'exit', weight: 0, order: null, wouldDisprove: [] });
    expect(decision.targets[0].evidence).toEqual([{ code: 'stop-rest', values: { shares: 8, stop: 90 } }, { code: 'held', values: { sessions: 1 } }]);
    expect(decision.exposure.gross).toBe(0);
    expect(book.orders).toEqual([{ symbol: 'A', side: 'sell', shares: 8, decidedOn: day(20), plan: null, kind: 'stop' }]);
  });

  it('is sold too by a strategy that does not speak of it', () => {
    expect(sold(evenings(START, [20, 21, 22], holding(true)))).toEqual(EXPECTED);
  });

  it('is sold too in sessions on which nobody decides', () => {
    expect(sold(evenings(START, [22]))).toEqual(EXPECTED);
    expect(sold(evenings(START, [20, 22]))).toEqual(EXPECTED);
  });

  it('goes with all other orders of an evening that is decided anew', () => {
    const [{ book }] = evenings(START, [20]);
    const again = evenings({ ...book, orders: [...book.orders, { symbol: 'B', side: 'buy', shares: 1, decidedOn: day(20), plan: position }] }, [20])[0];
    expect(again.book.orders).toEqual([]);
  });
});
