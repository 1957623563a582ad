import { describe, expect, it } from 'vitest';

import { fromEpochDay, type IsoDate } from '../../src/core/dates.js';
import { standardDeviation } from '../../src/math/stats.js';
import { NO_PLAN } from '../../src/portfolio/book.js';
import { toCents } from '../../src/portfolio/cents.js';
import type { SessionMarket } from '../../src/portfolio/session-market.js';
import type { DatedAction } from '../../src/strategy/dated-action.js';
import { sessionMarketOf, type DelistingRules, type SessionMarketInput } from '../../src/strategy/session-market-of.js';
import { barsOf, type MadeName } from './made-bars.js';
import { makeMarket, until } from './market.js';

const NAN = Number.NaN;
const DAYS = barsOf({ A: { close: Array.from({ length: 20 }, () => 1) } }).sessions;
const day = (index: number): IsoDate => fromEpochDay(DAYS[index]);
const FIRST = day(0);
const flat = (length: number, value = 100): number[] => Array.from({ length }, () => value);
/** Closes that lack from a session on. */
const silentFrom = (from: number, length: number): number[] => flat(length).map((close, t) => (t < from ? close + t : NAN));

const NOTHING: SessionMarketInput['book'] = { session: null, positions: [], appliedActions: [] };
const holding = (symbols: readonly string[], changes: Partial<SessionMarketInput['book']> & { readonly entered?: IsoDate } = {}): SessionMarketInput['book'] => {
  const { entered = FIRST, ...more } = changes;
  return { ...NOTHING, positions: symbols.map((symbol) => ({ symbol, shares: 1, entrySession: entered, entryPrice: 1, cost: toCents(1), high: 1, ...NO_PLAN })), ...more };
};

interface Told {
  readonly index?: number;
  readonly book?: SessionMarketInput['book'];
  /** Of A, by position of their ex-date. */
  readonly actions?: readonly (readonly [at: number, kind: DatedAction['kind'], value: number])[];
  readonly delisting?: DelistingRules;
}

function marketOf(name: MadeName, { index = name.close.length - 1, book = holding(['A']), actions = [], ...rules }: Told = {}): SessionMarket {
  const bars = barsOf({ A: name });
  const dated = actions.map(([at, kind, value]) => ({ exDay: bars.sessions[at], kind, value }));
  return sessionMarketOf({ bars, index, book, actions: new Map([['A', dated]]), ...rules });
}

describe('the bar of a session', () => {
  it('is as quoted, of this session', () => {
    const market = marketOf({ open: [10, 11, 12], high: [20, 21, 22], low: [5, 6, 7], close: [15, 16, 17], basis: 2 }, { index: 1 });
    expect(market.session).toBe('2017-01-04');
    expect(market.bar('A')).toEqual({ open: 22, high: 42, low: 12, close: 32, suspect: false });
  });

  it('is none where nothing was traded, or of a name that is not there', () => {
    expect(marketOf({ close: [10, NAN] }).bar('A')).toBeNull();
    expect(marketOf({ close: [10, 11] }).bar('GONE')).toBeNull();
  });

  it('is there with an open alone, and says when it is not to be believed', () => {
    expect(marketOf({ open: [10, 11], high: [10, NAN], low: [10, NAN], close: [10, NAN] }).bar('A')).toEqual({ open: 11, high: NAN, low: NAN, close: NAN, suspect: false });
    expect(marketOf({ close: [10, 50], suspect: [0, 1] }).bar('A')!.suspect).toBe(true);
  });
});

describe('the last close before a session', () => {
  it('is that of the session before, or the last that there is', () => {
    expect(marketOf({ close: [10, 11, 12] }).lastClose('A')).toBe(11);
    expect(marketOf({ close: [10, NAN, NAN, 12] }).lastClose('A')).toBe(10);
    expect(marketOf({ close: [10, 11] }, { index: 0 }).lastClose('A')).toBeNaN();
    expect(marketOf({ close: [10, 11] }).lastClose('GONE')).toBeNaN();
  });

  it('is restated for splits between it and the session, not for one of the session itself', () => {
    const close = [100, NAN, NAN, 50];
    expect(marketOf({ close }, { actions: [[2, 'split', 2]] }).lastClose('A')).toBe(50);
    expect(marketOf({ close }, { actions: [[1, 'split', 2], [2, 'split', 3]] }).lastClose('A')).toBeCloseTo(100 / 6, 12);
    expect(marketOf({ close }, { actions: [[3, 'split', 2]] }).lastClose('A')).toBe(100);
    expect(marketOf({ close }, { actions: [[0, 'split', 2], [2, 'dividend', 2]] }).lastClose('A')).toBe(100);
    expect(marketOf({ close: [100, 50, 50] }, { actions: [[1, 'split', 2]] }).lastClose('A')).toBe(50);
  });
});

describe('the actions of a session', () => {
  const actions = [[1, 'dividend', 0.5], [2, 'split', 2], [3, 'dividend', 1]] as const;

  it('are those with an ex-date on it', () => {
    const at = (index: number): unknown => marketOf({ close: flat(5) }, { index, actions }).actions;
    expect([0, 1, 2, 3, 4].map(at)).toEqual([[], [{ symbol: 'A', exDay: DAYS[1], kind: 'dividend', value: 0.5 }], [{ symbol: 'A', exDay: DAYS[2], kind: 'split', value: 2 }], [{ symbol: 'A', exDay: DAYS[3], kind: 'dividend', value: 1 }], []]);
  });

  it('are also those with an ex-date between it and the session before', () => {
    const bars = barsOf({ A: { close: flat(6) } }); // Friday 6 January is followed by Monday the 9th
    const saturday: DatedAction = { exDay: bars.sessions[3] + 1, kind: 'split', value: 2 };
    const of = (index: number): number => sessionMarketOf({ bars, index, book: NOTHING, actions: new Map([['A', [saturday]]]) }).actions.length;
    expect([3, 4, 5].map(of)).toEqual([0, 1, 0]);
  });
});

describe('actions that became known late', () => {
  const actions = [[1, 'dividend', 0.5], [2, 'split', 2]] as const;
  const at = (index: number, book: SessionMarketInput['book']): string[] => marketOf({ close: flat(6) }, { index, actions, book }).actions.map(({ kind, exDay }) => `${kind} ${DAYS.indexOf(exDay)}`);

  it('are of what is held, with an ex-date that the book has passed since it was bought', () => {
    expect(at(4, holding(['A'], { session: day(3) }))).toEqual(['dividend 1', 'split 2']);
    expect(at(4, holding(['A'], { session: day(3), entered: day(1) }))).toEqual(['split 2']);
    expect(at(4, holding(['A'], { session: day(3), entered: day(2) }))).toEqual([]);
    expect(at(4, holding(['B'], { session: day(3) }))).toEqual([]);
    expect(at(4, holding(['A'], { session: null }))).toEqual([]);
  });

  it('are not those that were applied already, nor those of the session twice', () => {
    const appliedActions = [{ symbol: 'A', kind: 'dividend' as const, exDay: DAYS[1] }];
    expect(at(4, holding(['A'], { session: day(3), appliedActions }))).toEqual(['split 2']);
    expect(at(2, holding(['A'], { session: day(1), appliedActions }))).toEqual(['split 2']);
    expect(at(3, holding(['A'], { session: day(2), appliedActions: [...appliedActions, { symbol: 'A', kind: 'split', exDay: DAYS[2] }] }))).toEqual([]);
  });
});

describe('a held name without bars', () => {
  it('is taken for delisted after five sessions, at its last close', () => {
    const name = { close: silentFrom(10, 20) };
    const at = (index: number): SessionMarket['delistings'] => marketOf(name, { index }).delistings;
    expect(at(13)).toEqual([]);
    expect(at(14)).toEqual([{ symbol: 'A', price: 109, reason: 'no bar for 5 sessions: closed at its last close' }]);
  });

  it('is taken for it after as many sessions as the rules say, and pays what they say', () => {
    const at = (index: number, delisting: DelistingRules): SessionMarket['delistings'] => marketOf({ close: silentFrom(10, 20) }, { index, delisting }).delistings;
    expect(at(9, { sessions: 1, recovery: 1 })).toEqual([]);
    expect(at(10, { sessions: 1, recovery: 0.3 })).toEqual([{ symbol: 'A', price: expect.closeTo(0.3 * 109, 12), reason: 'no bar for 1 session: closed at 30.0 % of its last close' }]);
    expect(at(16, { sessions: 8, recovery: 0 })).toEqual([]);
    expect(at(17, { sessions: 8, recovery: 0 })).toEqual([{ symbol: 'A', price: 0, reason: 'no bar for 8 sessions: closed at 0.0 % of its last close' }]);
    expect(marketOf({ close: [100, NAN, NAN, NAN] }, { delisting: { sessions: 4, recovery: 1 } }).delistings).toEqual([]);
  });

  it('is paid in shares of the session, which a split in the silence changed', () => {
    expect(marketOf({ close: silentFrom(10, 20) }, { index: 14, actions: [[12, 'split', 2]] }).delistings[0].price).toBe(54.5);
  });

  it('is not when it is not held, has never traded, or trades again', () => {
    expect(marketOf({ close: silentFrom(10, 20) }, { book: NOTHING }).delistings).toEqual([]);
    expect(marketOf({ close: flat(20, NAN) }).delistings).toEqual([]);
    expect(marketOf({ close: silentFrom(10, 20).map((close, t) => (t === 17 ? 90 : close)) }).delistings).toEqual([]);
    expect(marketOf({ close: [100, NAN, NAN, NAN] }).delistings).toEqual([]);
  });
});

describe('liquidity', () => {
  it('is the median traded value of 21 sessions and the deviation of 63 returns, up to the close before', () => {
    const length = 80;
    const close = Array.from({ length }, (_, t) => 100 + (t % 7));
    const tradedValue = Array.from({ length }, (_, t) => 1e6 * t);
    const { dollarVolume, volatility } = marketOf({ close, tradedValue }).liquidity('A');
    expect(dollarVolume).toBe(68e6); // of sessions 58 to 78
    const returns = Array.from({ length: 63 }, (_, i) => close[16 + i] / close[15 + i] - 1);
    expect(volatility).toBeCloseTo(standardDeviation(returns), 12);
  });

  it('is unknown of what is not there, and its volatility with fewer than 21 returns', () => {
    expect(marketOf({ close: flat(30) }).liquidity('GONE')).toEqual({ dollarVolume: NAN, volatility: NAN });
    expect(marketOf({ close: flat(22) }).liquidity('A').volatility).toBeNaN();
    expect(marketOf({ close: flat(23) }).liquidity('A').volatility).toBe(0);
    expect(marketOf({ close: flat(23) }, { index: 0 }).liquidity('A')).toEqual({ dollarVolume: NAN, volatility: NAN });
  });
});

describe('a session of any market', () => {
  const made = makeMarket({ symbols: 8, sessions: 120, seed: 14, faults: true });
  const all = ({ bars }: Pick<typeof made, 'bars'>, index: number): unknown => {
    const market = sessionMarketOf({ bars, index, book: holding(bars.symbols), actions: new Map() });
    return { ...market, bars: bars.symbols.map((symbol) => [market.bar(symbol), market.liquidity(symbol), market.lastClose(symbol)]), bar: null, liquidity: null, lastClose: null };
  };

  it('knows nothing of what comes after it', () => {
    for (const index of [0, 1, 30, 77, 119]) expect(all(until(made, index), index)).toEqual(all(made, index));
  });

  it('knows of its own bar nothing but the bar: liquidity and last close are those of the evening before', () => {
    const index = 77;
    const columns = made.bars.columnNames.map((name) => [name, Float64Array.from(made.bars.column(name), (value, i) => (i % 120 === index ? 3 * value + 1 : value))] as const);
    const changed = sessionMarketOf({ bars: made.bars.with(Object.fromEntries(columns)), index, book: NOTHING, actions: new Map() });
    const usual = sessionMarketOf({ bars: made.bars, index, book: NOTHING, actions: new Map() });
    for (const symbol of made.bars.symbols) {
      expect(changed.liquidity(symbol)).toEqual(usual.liquidity(symbol));
      expect(changed.lastClose(symbol)).toEqual(usual.lastClose(symbol));
      expect(changed.bar(symbol)).not.toEqual(usual.bar(symbol));
    }
  });
});
