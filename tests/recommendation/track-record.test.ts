import { describe, expect, it } from 'vitest';

import { XNYS } from '../../src/core/calendar.js';
import { isoDate, type IsoDate } from '../../src/core/dates.js';
import { createRng } from '../../src/core/rng.js';
import { SymbolHistory } from '../../src/data/symbol-history.js';
import { MIN_SPANS } from '../../src/evaluation/overlapping-outcomes.js';
import { toCents } from '../../src/portfolio/cents.js';
import type { RecommendedEntry } from '../../src/recommendation/matured-forecasts.js';
import type { BookedFill } from '../../src/portfolio/round-trips.js';
import { trackRecord, type TrackRecordInput } from '../../src/recommendation/track-record.js';
import { Panel } from '../../src/table/panel.js';

const FIRST = isoDate('2018-01-02');
const day = (n: number): IsoDate => XNYS.shift(FIRST, n);
const SYMBOLS = Array.from({ length: 6 }, (_, i) => `S${i}`);
const SESSIONS = 400;

/** Opens that drift up by a part in a thousand a session, with a hole. */
function makeBars(): Panel {
  const rng = createRng(1);
  const open = new Float64Array(SYMBOLS.length * SESSIONS);
  SYMBOLS.forEach((_, row) => {
    let level = 100;
    for (let t = 0; t < SESSIONS; t++) open[row * SESSIONS + t] = level *= 1.001 + 0.02 * rng.normal();
  });
  open[3 * SESSIONS + 21] = Number.NaN;
  return new Panel({ symbols: SYMBOLS, sessions: XNYS.sessionDays(Date.parse(FIRST) / 86_400_000, Date.parse(day(SESSIONS - 1)) / 86_400_000), columns: { open } });
}

const BARS = makeBars();
const HISTORY = new SymbolHistory([{ listed: 'OLD', symbol: 'S1', start: isoDate('2010-01-01'), end: null }]);

/** Each evening enters one name for three sessions, and half of them are sold when these are over. */
function makeInput(): TrackRecordInput {
  const evenings = Array.from({ length: SESSIONS - 10 }, (_, n) => day(n));
  const entries: RecommendedEntry[] = evenings.map((session, n) => ({ session, symbol: SYMBOLS[n % 6], horizon: 3, expectedReturn: n % 7 === 0 ? null : n % 2 ? 0.01 : -0.01, interval: n % 7 === 0 ? null : [-0.02, 0.03] }));
  const value = (symbol: string, session: IsoDate): number => 10 * BARS.value('open', symbol, session);
  const fills: BookedFill[] = [];
  for (let n = 1; n < evenings.length; n++) {
    const leaving = SYMBOLS[(n - 4 + 6) % 6];
    const bought = fills.findLast((fill) => fill.symbol === leaving && fill.side === 'buy');
    if (n % 2 === 0 && bought?.session === day(n - 3)) fills.push({ symbol: leaving, side: 'sell', shares: 10, price: 1, session: day(n), gross: toCents(value(leaving, day(n)) || 1), commission: toCents(1), basis: bought.basis, reason: 'time' });
    const entering = SYMBOLS[(n - 1) % 6];
    const paid = toCents(value(entering, day(n)) || 1);
    if (n % 2 === 1) fills.push({ symbol: entering, side: 'buy', shares: 10, price: 1, session: day(n), gross: paid, commission: toCents(0), basis: paid, reason: 'entry' });
  }
  const equity = Array.from({ length: SESSIONS }, (_, n) => ({ session: day(n), equity: 1e6 + n }));
  return { asOf: day(SESSIONS - 1), evenings, fills, entries, equity, bars: BARS, symbolHistory: HISTORY, coverage: 0.8, rng: createRng(9) };
}

const INPUT = makeInput();

describe('the track record', () => {
  it('counts what its parts count', () => {
    const record = trackRecord({ ...INPUT, rng: createRng(9) })!;
    expect(record).toMatchObject({ from: day(0), to: day(SESSIONS - 11), evenings: SESSIONS - 10 });
    expect(record.equity).toHaveLength(252);
    expect(record.equity.at(-1)).toEqual({ session: day(SESSIONS - 1), equity: 1e6 + SESSIONS - 1 });
    const { trades, forecasts } = record;
    expect(trades.closed).toBe(INPUT.fills.filter(({ side }) => side === 'sell').length);
    expect(trades.hits.of).toBe(trades.closed);
    expect(trades.meanSessions).toBe(3);
    expect(trades.meanInterval![0]).toBeLessThan(trades.meanReturn!);
    expect(trades.meanInterval![1]).toBeGreaterThan(trades.meanReturn!);
    expect(trades.last).toHaveLength(10);
    expect(trades.last[0].exitSession >= trades.last[9].exitSession).toBe(true);
    for (const { symbol, listedSymbol } of trades.last) expect(listedSymbol).toBe(symbol === 'S1' ? 'OLD' : symbol);
    expect(forecasts).toMatchObject({ coverage: 0.8, meanExpected: expect.closeTo(0, 3) });
    expect(forecasts.rightSign.of).toBe(forecasts.inInterval.of);
  });

  it('says what was expected of a trade in the evening before its entry', () => {
    const record = trackRecord({ ...INPUT, rng: createRng(9) })!;
    for (const { entrySession, expected } of record.trades.last) expect(expected).toBe(INPUT.entries.find(({ session }) => session === XNYS.previous(entrySession))!.expectedReturn);
  });

  it('is at every session what it would have been then, whatever came later', () => {
    for (const n of [1, 2, 4, 5, 25, 60, 200]) {
      const asOf = day(n);
      const cut: TrackRecordInput = {
        ...INPUT, asOf, rng: createRng(9),
        evenings: INPUT.evenings.filter((session) => session < asOf),
        fills: INPUT.fills.filter(({ session }) => session <= asOf),
        entries: INPUT.entries.filter(({ session }) => session < asOf),
        equity: INPUT.equity.filter(({ session }) => session <= asOf),
        bars: BARS.until(asOf),
      };
      expect(trackRecord({ ...INPUT, asOf, rng: createRng(9) })).toEqual(trackRecord(cut));
    }
  });

  it('does not change with what happened after its session', () => {
    const asOf = day(100);
    const spoilt = BARS.with({ open: BARS.column('open').map((value, i) => (i % SESSIONS > 100 ? value * 3 : value)) });
    expect(trackRecord({ ...INPUT, asOf, bars: spoilt, rng: createRng(9) })).toEqual(trackRecord({ ...INPUT, asOf, rng: createRng(9) }));
  });

  it('is none before a second evening, and has nulls where nothing can be said', () => {
    expect(trackRecord({ ...INPUT, asOf: day(0) })).toBeNull();
    const { trades, forecasts } = trackRecord({ ...INPUT, asOf: day(1) })!;
    expect(trades).toEqual({ closed: 0, entrySessions: 0, hits: { hits: 0, of: 0, rate: null, interval: null }, meanReturn: null, meanInterval: null, meanSessions: null, profit: 0, last: [] });
    expect(forecasts).toEqual({ matured: 0, evenings: 0, rightSign: { hits: 0, of: 0, rate: null, interval: null }, inInterval: { hits: 0, of: 0, rate: null, interval: null }, coverage: 0.8, meanExpected: null, meanOutcome: null });
  });

  it('gives no interval before its outcomes cover time enough, however many they are', () => {
    // entries of every other session from the second on, each sold three sessions later
    const [short, long] = [2, 4].map((more) => trackRecord({ ...INPUT, asOf: day(3 * MIN_SPANS + more), rng: createRng(9) })!);
    expect([short.trades.meanInterval, short.trades.hits.interval]).toEqual([null, null]);
    expect(short.trades.closed).toBeGreaterThan(20);
    expect(long.trades.closed).toBe(short.trades.closed + 1);
    expect(long.trades.meanInterval).not.toBeNull();
    expect(long.trades.hits.interval![0]).toBeGreaterThanOrEqual(0);
    expect(long.trades.hits.interval![1]).toBeLessThanOrEqual(1);
    const crowd = trackRecord({ ...INPUT, asOf: day(20), entries: Array.from({ length: 500 }, (_, i) => INPUT.entries[i % 5 + 1]), rng: createRng(9) })!;
    expect(crowd.forecasts).toMatchObject({ matured: 500, evenings: 5, rightSign: { interval: null }, inInterval: { interval: null } });
  });

  it('counts the sessions that trades began on and the evenings whose forecasts are over', () => {
    const { trades, forecasts } = trackRecord({ ...INPUT, asOf: day(9), rng: createRng(9) })!;
    expect(trades.entrySessions).toBe(new Set(INPUT.fills.filter(({ side, session }) => side === 'sell' && session <= day(9)).map(({ session }) => XNYS.shift(session, -3))).size);
    expect([forecasts.matured, forecasts.evenings]).toEqual([6, 6]);
  });
});

describe('a forecast', () => {
  const [one] = INPUT.entries.filter(({ symbol, expectedReturn }) => symbol === 'S2' && expectedReturn !== null);
  const n = XNYS.count(FIRST, one.session);
  const judged = (asOf: IsoDate, changes: Partial<RecommendedEntry> = {}) => trackRecord({ ...INPUT, fills: [], entries: [{ ...one, ...changes }], asOf })!.forecasts;
  const outcome = BARS.value('open', 'S2', day(n + 4)) / BARS.value('open', 'S2', day(n + 1)) - 1;

  it('is judged from the open after its evening to the open when its horizon is over, and not before', () => {
    expect(judged(day(n + 3)).matured).toBe(0);
    expect(judged(day(n + 4))).toMatchObject({ matured: 1, meanOutcome: outcome, meanExpected: one.expectedReturn });
    expect(judged(day(n + 4), { horizon: 4 }).matured).toBe(0);
  });

  it('is right by its sign, and holds the ends of its interval', () => {
    const asOf = day(n + 4);
    expect(judged(asOf, { expectedReturn: Math.sign(outcome) * 1e-9 }).rightSign).toMatchObject({ hits: 1, of: 1 });
    expect(judged(asOf, { expectedReturn: -Math.sign(outcome) }).rightSign).toMatchObject({ hits: 0, of: 1 });
    expect(judged(asOf, { expectedReturn: 0 }).rightSign.of).toBe(0);
    expect(judged(asOf, { interval: [outcome, outcome] }).inInterval).toMatchObject({ hits: 1, of: 1 });
    expect(judged(asOf, { interval: [outcome + 1e-9, 1] }).inInterval).toMatchObject({ hits: 0, of: 1 });
    expect(judged(asOf, { expectedReturn: null, interval: null })).toMatchObject({ matured: 1, rightSign: { of: 0 }, inInterval: { of: 0 }, meanExpected: null, meanOutcome: null });
  });

  it('promises what the entries said that evening, or what is said now where they did not', () => {
    const asOf = day(n + 4);
    const both = (...coverages: (number | null | undefined)[]) => trackRecord({ ...INPUT, fills: [], entries: coverages.map((coverage) => ({ ...one, ...(coverage === undefined ? {} : { coverage }) })), asOf })!.forecasts.coverage;
    expect(both(0.9, 0.9, 0.9)).toBe(0.9);
    expect(both(0.9, 0.5)).toBeCloseTo(0.7, 12);
    expect(both(0.9, null)).toBeCloseTo(0.85, 12);
    expect(both(undefined)).toBe(0.8);
    expect(judged(asOf, { interval: null, coverage: 0.9 }).coverage).toBe(0.8);
  });

  it('is not counted without both opens', () => {
    const hole = (session: IsoDate) => judged(day(60), { symbol: 'S3', session }).matured;
    expect([hole(day(17)), hole(day(18)), hole(day(20)), hole(day(21))]).toEqual([0, 1, 0, 1]);
    expect(judged(day(60), { symbol: 'GONE' }).matured).toBe(0);
    expect(judged(day(60), { session: XNYS.shift(FIRST, -5) }).matured).toBe(0);
  });
});
