import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { InvariantError } from '../../src/core/errors.js';
import { MarketView } from '../../src/strategy/view.js';
import { barsOf } from './made-bars.js';
import { forecastsFor, makeMarket, sessionAt, until, viewAt } from './market.js';

const WIDTH = 300;
const market = makeMarket({ symbols: 6, sessions: WIDTH, faults: true });
const COLUMNS = market.bars.columnNames;
const anySymbol = fc.constantFrom(...market.bars.symbols);
const anyIndex = fc.integer({ min: 0, max: WIDTH - 1 });

/** Everything that can be asked of a view about one instrument. */
function answers(view: MarketView, symbol: string, length: number): unknown {
  return {
    session: view.session,
    eligible: view.eligible,
    flags: [view.hasSymbol(symbol), view.hasBar(symbol), view.isSuspect(symbol)],
    prices: [view.close(symbol), view.lastClose(symbol)],
    features: market.features.columnNames.map((name) => view.feature(name, symbol)),
    history: COLUMNS.map((name) => view.history(name, symbol, length)),
    forecast: view.forecast(symbol),
    since: Array.from(market.bars.sessions.keys()).filter((t) => t <= WIDTH - 1 && sessionAt(market, t) <= view.session).map((t) => view.sessionsSince(sessionAt(market, t))),
  };
}

describe('a market view', () => {
  it('answers on the whole panel as on the panel cut at its session', () => {
    const lengths = fc.oneof(fc.integer({ min: -3, max: 2 * WIDTH }), fc.constantFrom(Infinity, -Infinity, Number.NaN, 2.5));
    fc.assert(
      fc.property(anyIndex, anySymbol, lengths, (index, symbol, length) => {
        const forecasts = forecastsFor(market, index);
        expect(answers(viewAt(market, index, { forecasts }), symbol, length)).toEqual(answers(viewAt(until(market, index), index, { forecasts }), symbol, length));
      }),
    );
  });

  it('gives the values of its session', () => {
    fc.assert(
      fc.property(anyIndex, anySymbol, (index, symbol) => {
        const view = viewAt(market, index);
        const at = (name: string): number => market.bars.series(name, symbol)[index];
        expect(view.session).toBe(sessionAt(market, index));
        expect(view.close(symbol)).toBe(at('quotedClose'));
        expect(view.hasBar(symbol)).toBe(at('close') > 0);
        expect(view.isSuspect(symbol)).toBe(at('suspect') === 1);
        for (const name of market.features.columnNames) expect(view.feature(name, symbol)).toBe(market.features.series(name, symbol)[index]);
      }),
    );
  });

  it('gives the last quoted close that there is, but not one that no bar has confirmed', () => {
    fc.assert(
      fc.property(anyIndex, anySymbol, (index, symbol) => {
        const [closes, suspect] = ['quotedClose', 'suspect'].map((name) => market.bars.series(name, symbol).subarray(0, index + 1));
        const priced = Array.from(closes.keys()).filter((t) => !Number.isNaN(closes[t]));
        const believed = suspect[priced.at(-1)!] === 1 ? priced.at(-2) : priced.at(-1);
        expect(viewAt(market, index).lastClose(symbol)).toBe(believed === undefined ? Number.NaN : closes[believed]);
      }),
    );
  });

  it('gives the last close in shares of its session where it has split since', () => {
    const width = 6;
    const view = (splits: readonly [at: number, value: number][], close = [100, 101, Number.NaN, Number.NaN, Number.NaN, Number.NaN]): MarketView => {
      const bars = barsOf({ A: { close } });
      const actions = new Map([['A', splits.map(([at, value]) => ({ exDay: bars.sessions[at], kind: 'split' as const, value }))]]);
      return new MarketView({ index: width - 1, bars, features: bars.columns([]), eligible: [], forecasts: new Map(), actions });
    };
    expect(view([[3, 2]]).lastClose('A')).toBe(50.5);
    expect(view([[2, 2], [5, 5]]).lastClose('A')).toBe(10.1);
    expect(view([[1, 2]]).lastClose('A')).toBe(101);
    expect(view([]).lastClose('A')).toBe(101);
  });

  it('bars what it is told to, and nothing else changes', () => {
    const view = viewAt(market, 250);
    const barring = view.barring(new Set(['S01', 'S02']));
    expect(['S00', 'S01', 'S02'].map((symbol) => [view.isBarred(symbol), barring.isBarred(symbol)])).toEqual([[false, false], [false, true], [false, true]]);
    for (const symbol of market.bars.symbols) expect(answers(barring, symbol, 20)).toEqual(answers(view, symbol, 20));
  });

  it('knows a sector, and features of the session alone, where it was given them', () => {
    const { bars, features } = market;
    const index = 200;
    const today = bars.columns(['volume']).slice(index, index + 1);
    const view = new MarketView({ index, bars, features: features.slice(index, index + 1), today, sectors: new Map([['S00', 'Energy']]), eligible: [], forecasts: new Map() });
    expect([view.sector('S00'), view.sector('S01')]).toEqual(['Energy', null]);
    expect(view.feature('volume', 'S03')).toBe(bars.series('volume', 'S03')[index]);
    for (const name of features.columnNames) expect(view.feature(name, 'S03')).toBe(features.series(name, 'S03')[index]);
    expect(view.feature('no-such-feature', 'S03')).toBeNaN();
    expect(view.feature('volume', 'UNKNOWN')).toBeNaN();
  });

  it('refuses features of another session, or of more than one, for those of the session', () => {
    const { bars, features } = market;
    const of = (today: typeof features): (() => unknown) => () => new MarketView({ index: 200, bars, features, today, eligible: [], forecasts: new Map() });
    expect(of(features.slice(199, 200))).toThrow('expected features of the session');
    expect(of(features.slice(199, 201))).toThrow('expected features of the session');
    expect(of(features.slice(200, 201))).not.toThrow();
  });

  it('gives the last values of a column, oldest first, as many as there are', () => {
    fc.assert(
      fc.property(anyIndex, anySymbol, fc.integer({ min: 0, max: 2 * WIDTH }), (index, symbol, length) => {
        const expected = Array.from(market.bars.series('close', symbol)).slice(0, index + 1).slice(length === 0 ? index + 1 : -length);
        expect(Array.from(viewAt(market, index).history('close', symbol, length))).toEqual(expected);
      }),
    );
  });

  it('counts sessions since', () => {
    const view = viewAt(market, 100);
    expect(view.sessionsSince(sessionAt(market, 100))).toBe(0);
    expect(view.sessionsSince(sessionAt(market, 91))).toBe(9);
  });

  it('knows an instrument only once it has had a bar', () => {
    const { bars, features } = market;
    const close = bars.column('quotedClose').slice();
    close.fill(Number.NaN, 0, 200);
    const listedLater = { bars: bars.with({ quotedClose: close }), features };
    expect(viewAt(listedLater, 199).hasSymbol('S00')).toBe(false);
    expect(viewAt(listedLater, 201).hasSymbol('S00')).toBe(true);
    expect(viewAt(market, 10).hasSymbol('UNKNOWN')).toBe(false);
  });

  it.each([-1, WIDTH, Number.NaN, 1.5])('refuses to stand at position %d', (index) => {
    expect(() => new MarketView({ index, ...market, eligible: [], forecasts: new Map() })).toThrow(InvariantError);
  });

  it('refuses features over other axes', () => {
    const { features } = until(market, 100);
    expect(() => new MarketView({ index: 5, bars: market.bars, features, eligible: [], forecasts: new Map() })).toThrow('expected features over the axes of the bars');
  });
});

/** Numbers that stand in the market after a session; a leak would hold one of them. */
function later(index: number): Set<number> {
  const values = new Set<number>();
  for (const panel of [market.bars, market.features]) {
    for (const name of panel.columnNames.filter((column) => !['segment', 'suspect', 'volume'].includes(column))) {
      for (const symbol of panel.symbols) for (const value of panel.series(name, symbol).subarray(index + 1)) if (!Number.isNaN(value)) values.add(value);
    }
  }
  return values;
}

/** Every number that can be reached from a value: fields of any kind, elements, buffers, what lies behind prototypes. */
function reachable(root: unknown, found: number[] = [], seen = new Set<unknown>()): number[] {
  if (typeof root === 'number') found.push(root);
  if ((typeof root !== 'object' && typeof root !== 'function') || root === null || seen.has(root)) return found;
  seen.add(root);
  if (ArrayBuffer.isView(root)) found.push(...new Float64Array(root.buffer));
  for (const key of Reflect.ownKeys(root)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(root, key)!;
    if ('value' in descriptor) reachable(descriptor.value, found, seen);
  }
  if (root instanceof Map) for (const [key, value] of root) reachable([key, value], found, seen);
  return found;
}

describe('a hostile strategy', () => {
  const index = 200;
  const future = later(index);
  const view = viewAt(market, index, { eligible: ['S00', 'S01'] });
  const leaks = (value: unknown): number[] => reachable(value).filter((number) => future.has(number));

  it('would be seen: the panels themselves hold later values', () => {
    expect(leaks(Array.from(market.bars.series('close', 'S00'))).length).toBeGreaterThan(50);
  });

  it('finds no later value in the buffer of any array, whatever length it asks for', () => {
    for (const length of [0, 1, 5, index, index + 1, index + 2, WIDTH, 10 * WIDTH, -1, -WIDTH, Infinity, -Infinity, Number.NaN, 1e308, 0.5]) {
      for (const name of COLUMNS) {
        const values = view.history(name, 'S00', length);
        expect(values.buffer.byteLength, `${name}, ${length}`).toBe(8 * values.length);
        expect(values.length).toBeLessThanOrEqual(index + 1);
        expect(leaks(values), `${name}, ${length}`).toEqual([]);
      }
    }
  });

  it('finds nothing in the fields of the view, hidden or not', () => {
    expect(Object.keys(view).sort()).toEqual(['eligible', 'session']);
    expect(Reflect.ownKeys(view).sort()).toEqual(['eligible', 'session']);
    expect(leaks(view)).toEqual([]);
    expect(JSON.parse(JSON.stringify(view))).toEqual({ session: view.session, eligible: ['S00', 'S01'] });
    expect(leaks(structuredClone(view))).toEqual([]);
  });

  it('finds nothing by way of the prototype or the constructor', () => {
    const prototype = Object.getPrototypeOf(view) as Record<string, unknown>;
    for (const name of Reflect.ownKeys(prototype).filter((key) => key !== 'constructor')) {
      const method = Reflect.getOwnPropertyDescriptor(prototype, name)!.value as (...given: unknown[]) => unknown;
      expect(method.length).toBeGreaterThan(0);
      // a stand-in has no private fields, so that nothing of the market can be lent to it
      expect(() => method.call(Object.create(view), 'S00', 'S00', 1), String(name)).toThrow(TypeError);
      expect(() => method.call({ session: view.session }, 'S00', 'S00', 1), String(name)).toThrow(TypeError);
    }
    expect(Reflect.ownKeys(view.constructor).sort()).toEqual(['length', 'name', 'prototype']);
  });

  it('cannot move the view to another session or change what it lists', () => {
    const loose = view as unknown as Record<string, unknown>;
    expect(() => (loose['session'] = '2099-01-01')).toThrow(TypeError);
    expect(() => (loose['parts'] = {})).toThrow(TypeError);
    expect(() => (view.eligible as string[]).push('S05')).toThrow(TypeError);
    expect(() => Object.setPrototypeOf(view, { feature: () => 1 })).toThrow(TypeError);
  });

  it('cannot change what others see by writing into what it was given', () => {
    const before = view.history('close', 'S00', 5);
    view.history('close', 'S00', 5).fill(0);
    expect(view.history('close', 'S00', 5)).toEqual(before);
  });

  it('gets features and forecasts of its session only', () => {
    for (const name of market.features.columnNames) {
      for (const symbol of market.features.symbols) expect(leaks(view.feature(name, symbol))).toEqual([]);
    }
    expect(view.feature.length).toBe(2);
    expect(view.forecast('UNKNOWN')).toBeNull();
  });
});
