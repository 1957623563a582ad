import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { EXIT_REASONS, type ExitReason } from '../../../src/backtest/signals/exit-reason.js';
import { runSignals, type SignalsInput, type SignalsRun } from '../../../src/backtest/signals/run-signals.js';
import { closedTrades, signalReturns, signalTrade } from '../../../src/backtest/signals/signal-results.js';
import type { Level, SignalRules } from '../../../src/backtest/signals/signal-rules.js';
import type { SignalTrade } from '../../../src/backtest/signals/trade-columns.js';
import { XNYS } from '../../../src/core/calendar.js';
import { isoDate, toEpochDay } from '../../../src/core/dates.js';
import { tradeStatistics } from '../../../src/evaluation/performance/trade-statistics.js';
import { Panel } from '../../../src/table/panel.js';
import { PlainAccount, type Bar, type PlainInput, type PlainLevel } from './reference.js';
import { randomInput } from './random-signals.js';

const NONE = Number.NaN;
const FREE = { commissionBps: 0, halfSpreadBps: 0, slippageBps: 0 };

const column = (bars: readonly Bar[], name: keyof Bar): Float64Array => Float64Array.from(bars, (bar) => bar[name]);
const bytes = (signals: readonly boolean[]): Uint8Array => Uint8Array.from(signals, Number);
const levelOf = (level: PlainLevel): Level | undefined => (typeof level === 'object' ? Float64Array.from(level) : level);
const tradesOf = (run: SignalsRun): SignalTrade[] => Array.from({ length: run.trades.count }, (_, row) => signalTrade(run, row));

function given({ bars, entries, exits, rules, costs }: PlainInput): SignalsInput {
  return {
    bars: { open: column(bars, 'open'), high: column(bars, 'high'), low: column(bars, 'low'), close: column(bars, 'close') },
    entries: bytes(entries), exits: bytes(exits), costs,
    rules: { ...rules, stop: levelOf(rules.stop), target: levelOf(rules.target), trailing: levelOf(rules.trailing) },
  };
}

const cut = (input: PlainInput, sessions: number): PlainInput => {
  const until = (level: PlainLevel): PlainLevel => (typeof level === 'object' ? level.slice(0, sessions) : level);
  const { stop, target, trailing } = input.rules;
  return { ...input, bars: input.bars.slice(0, sessions), entries: input.entries.slice(0, sessions), exits: input.exits.slice(0, sessions), rules: { ...input.rules, stop: until(stop), target: until(target), trailing: until(trailing) } };
};

const FORCED: readonly ExitReason[] = ['data-end', 'run-end'];

/** Bars as [open, high, low, close], entered by the first close. */
function traded(prices: readonly (readonly number[])[], rules: SignalRules = {}, { costs = FREE, exitAt = -1 }: { costs?: SignalsInput['costs']; exitAt?: number } = {}): { run: SignalsRun; trade: SignalTrade } {
  const bars = prices.map(([open, high, low, close]) => ({ open, high, low, close }));
  const run = runSignals({ bars: { open: column(bars, 'open'), high: column(bars, 'high'), low: column(bars, 'low'), close: column(bars, 'close') }, entries: bytes(bars.map((_, t) => t === 0)), exits: bytes(bars.map((_, t) => t === exitAt)), rules, costs });
  return { run, trade: signalTrade(run, 0) };
}

const FLAT = [100, 100, 100, 100];

describe('a run of signals', () => {
  it('is bit for bit what its definition gives, an object a trade, whatever the rules', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 60 }), (seed, sessions) => {
        const input = randomInput(seed, sessions);
        const [run, plain] = [runSignals(given(input)), new PlainAccount(input, 1)];
        expect(tradesOf(run)).toEqual(plain.trades);
        expect(Array.from(run.equity)).toEqual(plain.equity);
        expect(run.borrowed[0]).toBe(plain.borrowed);
        expect(run.costs[0]).toBe(plain.trades.reduce((sum, { costs }) => sum + costs, 0));
        for (const { reason } of plain.trades) seen.add(`${input.rules.direction} ${reason}`);
      }),
      { seed: 5, numRuns: 500 },
    );
    // nothing of it stood idle
    expect(seen.size).toBe(2 * EXIT_REASONS.length);
  });

  it('does not change up to a session when later bars come, but for what the end closes', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 50 }), fc.nat(), (seed, sessions, at) => {
        const input = randomInput(seed, sessions);
        const kept = 1 + (at % (sessions - 1));
        const [whole, part] = [runSignals(given(input)), runSignals(given(cut(input, kept)))];
        expect(part.equity).toEqual(whole.equity.slice(0, kept));
        const free = (trades: readonly SignalTrade[]): SignalTrade[] => trades.filter(({ exit, reason }) => exit < kept && !FORCED.includes(reason));
        expect(free(tradesOf(part))).toEqual(free(tradesOf(whole)));
        const entries = (run: SignalsRun): unknown => tradesOf(run).filter(({ entry }) => entry < kept).map(({ entry, entryPrice, shares }) => ({ entry, entryPrice, shares }));
        expect(entries(part)).toEqual(entries(whole));
      }),
      { seed: 6, numRuns: 300 },
    );
  });

  it('runs many instruments, of a panel or of plain columns, as each alone', () => {
    const sessions = 40;
    const inputs = Array.from({ length: 7 }, (_, i) => ({ ...randomInput(i, sessions), rules: { direction: 'short', size: 1, stop: 0.05, timeStop: 5 } as const, costs: { ...FREE, borrowFee: 0.1 } }));
    const together = (name: keyof Bar): Float64Array => Float64Array.from(inputs.flatMap(({ bars }) => bars.map((bar) => bar[name])));
    const columns = { open: together('open'), high: together('high'), low: together('low'), close: together('close') };
    const days = XNYS.sessionDays(toEpochDay(isoDate('2015-01-02')), toEpochDay(isoDate('2015-12-30'))).slice(0, sessions);
    const panel = new Panel({ symbols: inputs.map((_, i) => `S${i}`), sessions: days, columns });
    const signals = { entries: bytes(inputs.flatMap(({ entries }) => entries)), exits: bytes(inputs.flatMap(({ exits }) => exits)), rules: inputs[0].rules, costs: inputs[0].costs };
    const run = runSignals({ bars: panel, ...signals });
    expect(runSignals({ bars: { ...columns, columns: 7 }, ...signals })).toEqual(run);
    const alone = inputs.map((input) => runSignals(given(input)));
    expect(run.equity).toEqual(Float64Array.from(alone.flatMap(({ equity }) => [...equity])));
    expect(run.costs).toEqual(Float64Array.from(alone, ({ costs }) => costs[0]));
    expect(run.borrowed).toEqual(Float64Array.from(alone, ({ borrowed }) => borrowed[0]));
    expect(tradesOf(run)).toEqual(alone.flatMap((each, row) => tradesOf(each).map((trade) => ({ ...trade, column: row }))));
    expect(tradesOf(run).length).toBeGreaterThan(20);
  });

  it('fills at the open after the close that decided, never at that close, and pays both ways', () => {
    const { run, trade } = traded([FLAT, [110, 120, 105, 120], [130, 140, 125, 140], [150, 150, 150, 150]], {}, { exitAt: 2, costs: { commissionBps: 10, halfSpreadBps: 20, slippageBps: 30 } });
    expect(trade).toMatchObject({ entry: 1, exit: 3, entryPrice: expect.closeTo(110.55, 9), exitPrice: expect.closeTo(149.25, 9), reason: 'signal' });
    const end = (149.25 * 0.999) / (110.55 * 1.001);
    expect(run.equity.at(-1)).toBeCloseTo(end, 12);
    expect(trade.return).toBeCloseTo(end - 1, 12);
    expect(trade.profit).toBeCloseTo(end - 1, 12);
    expect([run.equity[0], run.equity[1]]).toEqual([1, expect.closeTo(120 / (110.55 * 1.001), 12)]);
  });

  it.each<[string, number[], SignalRules, Partial<SignalTrade>]>([
    ['at the stop that the range reaches', [100, 101, 90, 95], { stop: 0.05 }, { exitPrice: 95, reason: 'stop' }],
    ['at an open beyond the stop', [91, 99, 90, 95], { stop: 0.05 }, { exitPrice: 91, reason: 'stop' }],
    ['at the target that the range reaches', [100, 120, 99, 101], { target: 0.1 }, { exitPrice: expect.closeTo(110, 9) as number, reason: 'target' }],
    ['at an open beyond the target', [115, 120, 99, 101], { target: 0.1 }, { exitPrice: 115, reason: 'target' }],
    ['at the stop where the range holds both', [100, 120, 90, 101], { stop: 0.05, target: 0.1 }, { exitPrice: 95, reason: 'stop' }],
    ['at the target where the open was beyond it, however low the range', [115, 120, 90, 101], { stop: 0.05, target: 0.1 }, { exitPrice: 115, reason: 'target' }],
  ])('leaves %s', (_, bar, rules, expected) => {
    expect(traded([FLAT, FLAT, bar, FLAT], rules).trade).toMatchObject({ entry: 1, exit: 2, ...expected });
  });

  it('may leave in the session of its entry, after its open', () => {
    expect(traded([FLAT, [100, 100, 90, 99], FLAT], { stop: 0.05 }).trade).toMatchObject({ entry: 1, exit: 1, exitPrice: 95, reason: 'stop' });
  });

  it('lets a stop pay spread and slippage, a target not', () => {
    const costs = { commissionBps: 0, halfSpreadBps: 0, slippageBps: 100 };
    const [stopped, hit] = [traded([FLAT, FLAT, [100, 101, 50, 95]], { stop: 0.1 }, { costs }).trade, traded([FLAT, FLAT, [100, 150, 100, 120]], { target: 0.1 }, { costs }).trade];
    expect(stopped.exitPrice).toBeCloseTo(101 * 0.9 * 0.99, 9);
    expect(hit.exitPrice).toBeCloseTo(101 * 1.1, 9);
  });

  it('moves a trailing stop by closes, for the sessions after them, and never back', () => {
    const rules = { trailing: 0.1 };
    // the close of 130 moves it to 120, which the range of its own session does not feel
    expect(traded([FLAT, FLAT, [100, 130, 95, 130], [125, 126, 119, 121], FLAT], rules).trade).toMatchObject({ exit: 3, exitPrice: 120, reason: 'trailing-stop' });
    expect(traded([FLAT, FLAT, [100, 130, 95, 130], [125, 126, 121, 121], [121, 121, 115, 118]], rules).trade).toMatchObject({ exit: 4, exitPrice: 120 });
    // where both rest the nearer one counts
    expect(traded([FLAT, FLAT, [100, 100, 80, 90]], { trailing: 0.1, stop: 0.05 }).trade).toMatchObject({ exitPrice: 95, reason: 'stop' });
  });

  it('reads a column of stops and targets at the decision, and a column of trailing levels at every close', () => {
    const levels = (...values: number[]): Float64Array => Float64Array.from(values);
    const bars = [FLAT, FLAT, [100, 101, 96, 100], [100, 101, 93, 100], FLAT];
    expect(traded(bars, { stop: levels(94, 97, 97, 97, 97) }).trade).toMatchObject({ exit: 3, exitPrice: 94, reason: 'stop' });
    expect(traded(bars, { trailing: levels(94, 97, 90, 90, 90) }).trade).toMatchObject({ exit: 2, exitPrice: 97, reason: 'trailing-stop' });
    expect(traded(bars, { stop: levels(NONE, 97, 97, 97, 97), target: levels(101, NONE, NONE, NONE, NONE) }).trade).toMatchObject({ exit: 2, exitPrice: 101, reason: 'target' });
  });

  it('leaves at the open after as many sessions as it may hold', () => {
    expect(traded([FLAT, FLAT, FLAT, FLAT, FLAT, FLAT], { timeStop: 3 }).trade).toMatchObject({ entry: 1, exit: 4, reason: 'time' });
  });

  it('forgets an entry without an open, and lets an exit wait for one', () => {
    const gap = [NONE, NONE, NONE, NONE];
    const lost = traded([FLAT, FLAT, FLAT], {}).run;
    expect(lost.trades.count).toBe(1);
    const bars = [FLAT, gap, FLAT, FLAT].map(([open, high, low, close]) => ({ open, high, low, close }));
    expect(runSignals({ bars: { open: column(bars, 'open'), close: column(bars, 'close') }, entries: bytes([true, false, false, false]), costs: FREE }).trades.count).toBe(0);
    expect(traded([FLAT, FLAT, FLAT, gap, [90, 90, 90, 90]], {}, { exitAt: 2 }).trade).toMatchObject({ exit: 4, exitPrice: 90, reason: 'signal' });
  });

  it('closes what is held after the last bar at its last price, without costs, and says why', () => {
    const gap = [NONE, NONE, NONE, NONE];
    const costs = { commissionBps: 10, halfSpreadBps: 0, slippageBps: 0 };
    const ended = traded([FLAT, FLAT, [90, 90, 90, 90], gap, gap], {}, { costs });
    expect(ended.trade).toMatchObject({ exit: 2, exitPrice: 90, reason: 'data-end' });
    expect([...ended.run.equity.slice(2)]).toEqual(new Array(3).fill(ended.run.equity[2]));
    expect(traded([FLAT, FLAT, [90, 90, 90, 90]], {}, { costs }).trade).toMatchObject({ exit: 2, exitPrice: 90, reason: 'run-end', costs: expect.closeTo(0.001 / 1.001, 12) });
  });

  it('sells short for a fee on the value at each close, those that were missing paid at the next', () => {
    const gap = [NONE, NONE, NONE, NONE];
    const { run, trade } = traded([FLAT, FLAT, gap, [80, 80, 80, 80], [50, 50, 50, 50]], { direction: 'short' }, { exitAt: 3, costs: { ...FREE, borrowFee: 0.252 } });
    expect(trade).toMatchObject({ entry: 1, exit: 4, shares: -0.01, reason: 'signal' });
    expect(run.borrowed[0]).toBeCloseTo(0.001 * 1 + 2 * 0.001 * 0.8, 12);
    expect(run.equity.at(-1)).toBeCloseTo(1.5 - run.borrowed[0], 12);
  });

  it('enters nothing more once shorts have cost all', () => {
    const bars = [FLAT, FLAT, [100, 300, 100, 300], [300, 300, 300, 300], [300, 300, 300, 300], FLAT].map(([open, high, low, close]) => ({ open, high, low, close }));
    const run = runSignals({ bars: { open: column(bars, 'open'), close: column(bars, 'close') }, entries: bytes([true, false, false, true, true, true]), exits: bytes([false, false, true, false, false, false]), rules: { direction: 'short' }, costs: { ...FREE, borrowFee: 0 } });
    expect([...run.equity]).toEqual([1, 1, -1, -1, -1, -1]);
    expect(run.trades.count).toBe(1);
    expect([...signalReturns(run)]).toEqual([0, 0, -1, 0, 0, 0]);
  });

  it('gives trades and returns as the evaluation takes them', () => {
    const run = runSignals({ ...given({ ...randomInput(3, 60), rules: { direction: 'long', size: 1, timeStop: 3 }, exits: new Array<boolean>(60).fill(false), costs: { commissionBps: 5, halfSpreadBps: 2, slippageBps: 2 } }), initialCash: 1000 });
    const { trades, expectancy, holding } = tradeStatistics(closedTrades(run));
    expect(trades).toBe(run.trades.count);
    expect(trades).toBeGreaterThan(3);
    expect(expectancy!.profit * trades).toBeCloseTo(run.equity[59] - 1000, 8);
    expect(holding!.longest).toBeGreaterThanOrEqual(3);
    expect(signalReturns(run).reduce((product, value) => product * (1 + value), 1000)).toBeCloseTo(run.equity[59], 8);
    expect(() => signalTrade(run, trades)).toThrow(`expected a trade from 0 to ${trades - 1}, found ${trades}`);
    expect(() => signalReturns(run, 1)).toThrow('expected a column from 0 to 0, found 1');
  });

  it('leaves its inputs as they were', () => {
    const input = given(randomInput(8, 50));
    const before = structuredClone(input);
    runSignals(input);
    expect(input).toEqual(before);
  });

  it.each<[string, Partial<SignalsInput>, string]>([
    ['entries of another length', { entries: new Uint8Array(3) }, 'expected 2 entries [symbol, session], found 3'],
    ['exits of another length', { exits: new Uint8Array(1) }, 'expected 2 exits [symbol, session], found 1'],
    ['columns of different lengths', { bars: { open: new Float64Array(3), close: new Float64Array(2) } }, 'expected 2 values [symbol, session] in column "open", found 3'],
    ['parts of sessions', { bars: { open: new Float64Array(3), close: new Float64Array(3), columns: 2 } }, 'expected whole sessions of at least one instrument, found 3 closes of 2'],
    ['stops without ranges', { rules: { stop: 0.1 } }, 'expected a column "high", which stops and targets need, found none'],
    ['levels of another length', { bars: { open: new Float64Array(2), high: new Float64Array(2), low: new Float64Array(2), close: new Float64Array(2) }, rules: { stop: new Float64Array(3) } }, 'in the levels "stop", found 3'],
    ['shorts without a fee', { rules: { direction: 'short' } }, 'expected a borrowFee among the costs of short trades, found undefined'],
    ['a stop at nothing', { rules: { stop: 1 } }, 'expected a stop above 0 and below 1, a fraction of the entry price, found 1'],
    ['a stop in percent', { rules: { stop: -5 } }, 'found -5'],
    ['half sessions', { rules: { timeStop: 0.5 } }, 'expected a timeStop of whole sessions, at least 1, found 0.5'],
    ['borrowed money', { rules: { size: 1.5 } }, 'expected a size above 0 and at most 1, found 1.5'],
    ['another direction', { rules: { direction: 'both' as 'long' } }, 'expected the direction "long" or "short", found "both"'],
    ['a rule that is none', { rules: { timestop: 5 } as SignalRules }, 'did you mean "timeStop"?'],
    ['negative costs', { costs: { ...FREE, slippageBps: -1 } }, 'expected slippageBps from 0 to below 10000, found -1'],
    ['no cash', { initialCash: 0 }, 'expected initial cash above 0, found 0'],
  ])('refuses %s', (_, changed, message) => {
    expect(() => runSignals({ bars: { open: new Float64Array(2), close: new Float64Array(2) }, entries: new Uint8Array(2), costs: FREE, ...changed })).toThrow(message);
  });
});
