import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { XNYS } from '../../../src/core/calendar.js';
import { fromEpochDay, toEpochDay } from '../../../src/core/dates.js';
import { createRng } from '../../../src/core/rng.js';
import { auditFills, type FillsSubject, type TradingStep } from '../../../src/backtest/audits/fills/audit-fills.js';
import type { Book, Fill, Order } from '../../../src/portfolio/book.js';
import { fixedBps } from '../../../src/portfolio/fixed-bps.js';
import { stepBook, type StepRules } from '../../../src/portfolio/step-book.js';
import { sessionMarketOf } from '../../../src/strategy/session-market-of.js';
import { Panel } from '../../../src/table/panel.js';
import { bookOf, buy, COSTS, DECIDED, held, sell, SESSION } from '../../portfolio/made-book.js';
import { barsOf } from '../../strategy/made-bars.js';

/** Four sessions of one name: the decision, the fill, and two more; the low of the last but one reaches 88. */
const AT = toEpochDay(DECIDED);
const bars = fromDecision(barsOf({ AAA: { open: [100, 101, 99, 100], high: [102, 104, 101, 102], low: [98, 97, 88, 98], close: [101, 100, 98, 101] } }));

/** The same bars on the session of the decision and those after it. */
function fromDecision(panel: Panel): Panel {
  const columns = Object.fromEntries(panel.columnNames.map((name) => [name, panel.column(name)]));
  return new Panel({ symbols: panel.symbols, sessions: XNYS.sessionDays(AT, AT + 10).slice(0, panel.sessions.length), columns });
}

const RULES: StepRules = { costs: COSTS, brackets: 'resting' };

/** What our engine fills in the session after the decision. */
function filled(before: Book, rules = RULES): readonly Fill[] {
  return stepBook(before, sessionMarketOf({ bars, index: 1, actions: new Map(), book: before }), rules).fills;
}

const subject = (before: Book, fills: readonly Fill[], more: Partial<FillsSubject> = {}): FillsSubject => ({ steps: [{ session: SESSION, before, fills }], bars, actions: new Map(), ...more });

const codes = async (before: Book, fills: readonly Fill[]): Promise<string[]> => (await auditFills(subject(before, fills))).findings.map(({ code }) => code);

describe('fills of our engine', () => {
  const STOPPED = { stop: 98, target: 140, horizon: 10, trailing: null };
  it.each([
    ['a buy at the open', bookOf(10_000, [], [buy('AAA', 10)])],
    ['a sale at the open', bookOf(10_000, [held('AAA', 10)], [sell('AAA', 10)])],
    ['a limit that the low reaches', bookOf(10_000, [], [buy('AAA', 10, { limit: 99 })])],
    ['a stop in the range', bookOf(0, [held('AAA', 10, STOPPED)])],
    ['an open beyond the stop', bookOf(0, [held('AAA', 10, { ...STOPPED, stop: 102 })])],
    ['a target', bookOf(0, [held('AAA', 10, { ...STOPPED, stop: 90, target: 103 })])],
    ['an open beyond the target', bookOf(0, [held('AAA', 10, { ...STOPPED, stop: 90, target: 100.5 })])],
    ['bought and stopped in one session', bookOf(10_000, [], [buy('AAA', 10, { plan: STOPPED })])],
  ])('pass: %s', async (_, before) => {
    const fills = filled(before);
    expect(fills.length).toBeGreaterThan(0);
    const again = ({ before: book }: TradingStep): readonly Fill[] => stepBook(book, sessionMarketOf({ bars: bars.slice(0, 2), index: 1, actions: new Map(), book }), RULES).fills;
    expect((await auditFills(subject(before, fills, { again }))).findings).toEqual([]);
  });

  it('pass on random markets, whatever is held and ordered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), fc.record({ stop: fc.double({ min: 0.9, max: 1.05, noNaN: true }), target: fc.double({ min: 0.97, max: 1.1, noNaN: true }), limit: fc.option(fc.double({ min: 0.95, max: 1.05, noNaN: true })) }), async (seed, { stop, target, limit }) => {
        const random = randomBars(seed);
        const close = random.value('quotedClose', 'AAA', DECIDED);
        const plan = { stop: stop * close, target: target * close, horizon: 5, trailing: null };
        const orders: Order[] = [buy('BBB', 3, { plan, limit: limit === null ? null : limit * close })];
        const before = bookOf(100_000, [held('AAA', 10, plan)], orders);
        const { fills } = stepBook(before, sessionMarketOf({ bars: random, index: 1, actions: new Map(), book: before }), RULES);
        expect((await auditFills({ steps: [{ session: SESSION, before, fills }], bars: random, actions: new Map() })).findings).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('pass over a split, whose levels are in old shares', async () => {
    const before = bookOf(0, [held('AAA', 10, { stop: 196, target: 300, horizon: 10, trailing: null })]);
    const actions = new Map([['AAA', [{ exDay: toEpochDay(SESSION), kind: 'split' as const, value: 2 }]]]);
    const { fills } = stepBook(before, sessionMarketOf({ bars, index: 1, actions, book: before }), RULES);
    expect(fills.map(({ reason, reference }) => [reason, reference])).toEqual([['stop', 98]]);
    expect((await auditFills(subject(before, fills, { actions }))).findings).toEqual([]);
  });
});

/** Two names over four sessions whose opens, lows and highs wander. */
function randomBars(seed: number): Panel {
  const rng = createRng(seed);
  const name = () => {
    const rows = Array.from({ length: 4 }, () => {
      const [open, close] = [100 * (1 + 0.04 * rng.normal()), 100 * (1 + 0.04 * rng.normal())];
      return { open, close, high: Math.max(open, close) * (1 + 0.02 * rng.float()), low: Math.min(open, close) * (1 - 0.02 * rng.float()) };
    });
    return { open: rows.map(({ open }) => open), high: rows.map(({ high }) => high), low: rows.map(({ low }) => low), close: rows.map(({ close }) => close) };
  };
  return fromDecision(barsOf({ AAA: name(), BBB: name() }));
}

describe('fills that nobody could have had', () => {
  const bought = bookOf(10_000, [], [buy('AAA', 10)]);
  const [entry] = filled(bought);
  const stopped = bookOf(0, [held('AAA', 10, { stop: 98, target: 140, horizon: 10, trailing: null })]);
  const [stop] = filled(stopped);

  it.each<[string, string, Book, Fill]>([
    ['in the session of the decision', 'filled-with-its-decision', bought, { ...entry, session: DECIDED }],
    ['that nothing was ordered for', 'filled-with-its-decision', { ...bought, orders: [] }, entry],
    ['by an order of the same session', 'filled-with-its-decision', { ...bought, orders: [buy('AAA', 10, { decidedOn: SESSION })] }, entry],
    ['on a session without a bar', 'filled-without-a-bar', bookOf(10_000, [], [buy('BBB', 10)]), { ...entry, symbol: 'BBB' }],
    ['at the close instead of the open', 'filled-off-the-open', bought, { ...entry, reference: 100, price: 100.5 }],
    ['at a limit that the low did not reach', 'filled-off-the-open', bookOf(10_000, [], [buy('AAA', 10, { limit: 96 })]), { ...entry, reference: 96, price: 96 }],
    ['at a stop that only tomorrow reaches', 'stop-not-reached', bookOf(0, [held('AAA', 10, { stop: 90, target: 140, horizon: 10, trailing: null })]), { ...stop, reference: 90, price: 89.55 }],
    ['at the stop, beyond which it opened', 'stop-off-its-price', bookOf(0, [held('AAA', 10, { stop: 102, target: 140, horizon: 10, trailing: null })]), { ...stop, reference: 102, price: 101.49 }],
    ['at a target that the high did not reach', 'target-not-reached', bookOf(0, [held('AAA', 10, { stop: 80, target: 140, horizon: 10, trailing: null })]), { ...stop, reason: 'target', reference: 140, price: 140 }],
    ['at a target, though the bar holds the stop', 'target-before-stop', bookOf(0, [held('AAA', 10, { stop: 98, target: 103, horizon: 10, trailing: null })]), { ...stop, reason: 'target', reference: 103, price: 103 }],
    ['better than its price', 'better-than-the-price', bought, { ...entry, price: 100 }],
    ['whose costs do not add up', 'costs-do-not-add-up', bought, { ...entry, price: 103 }],
  ])('are found: %s', async (_, code, before, fill) => {
    expect(await codes(before, [fill])).toEqual([code]);
  });

  it('tell which price they were made from, and which low reaches a stop', async () => {
    const atClose = await auditFills(subject({ ...bought, orders: [] }, [{ ...entry, session: DECIDED, reference: 101, price: 101.5 }]));
    expect(atClose.findings[0].message).toBe('10 AAA bought (entry) on 2018-01-02: no order or level for it was waiting when the session began: it was decided and filled in one session, at 101, the close of that session; what is decided at a close fills at the next open');
    const early = await auditFills(subject(bookOf(0, [held('AAA', 10, { stop: 90, target: 140, horizon: 10, trailing: null })]), [{ ...stop, reference: 90, price: 89.55 }]));
    expect(early.findings[0].message).toContain('its stop of 90 was not reached by the low of 97 on that session: it is the low of the session after, 88, that does');
  });

  it('count those of a kind, and need no bars that were to come', async () => {
    const steps = [SESSION, fromEpochDay(bars.sessions[2])].map((session) => ({ session, before: { ...bought, orders: [] }, fills: [{ ...entry, session }] }));
    const [alike] = (await auditFills({ steps, bars, actions: new Map() })).findings;
    expect([alike.differences, alike.message.endsWith('; 2 fills of this kind')]).toEqual([2, true]);
    const changed = await auditFills(subject(bought, [entry], { again: () => [{ ...entry, shares: 9 }] }));
    expect(changed.findings.map(({ code, message }) => `${code}: ${message}`)).toEqual(['fill-needs-later-bars: entry buy shares of AAA on 2018-01-03 is 10 with later sessions there, 9 with nothing after 2018-01-03: the engine reads bars that were still to come']);
  });

  it('costs are those of the fill, whatever the model', async () => {
    const dear = fixedBps({ commissionBps: 50, halfSpreadBps: 100, slippageBps: 100 });
    expect(await codes(bought, filled(bought, { ...RULES, costs: dear }))).toEqual([]);
  });
});
