import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fromEpochDay, isoDate, toEpochDay } from '../../src/core/dates.js';
import { InvariantError } from '../../src/core/errors.js';
import { Panel } from '../../src/table/panel.js';
import { anyPanel, contents, twoSymbols } from './any-panel.js';

const tuesday = isoDate('2018-01-02');
const wednesday = isoDate('2018-01-03');
const thursday = isoDate('2018-01-04');

describe('making a panel', () => {
  const parts = { symbols: ['A', 'B'], sessions: Int32Array.of(1, 2), columns: { close: new Float64Array(4) } };

  it.each([
    ['a repeated symbol', { ...parts, symbols: ['A', 'A'] }, 'expected unique symbols, found 1 repeated in a panel'],
    ['sessions that go back', { ...parts, sessions: Int32Array.of(2, 1) }, 'expected strictly ascending sessions, found 1970-01-02 after 1970-01-03 in a panel'],
    ['a repeated session', { ...parts, sessions: Int32Array.of(2, 2) }, 'expected strictly ascending sessions, found 1970-01-03 after 1970-01-03 in a panel'],
    ['a column of another size', { ...parts, columns: { close: new Float64Array(3) } }, 'expected 4 values [2 symbols, 2 sessions], found 3 in panel column "close"'],
  ])('refuses %s', (_, wrong, message) => {
    expect(() => new Panel(wrong)).toThrow(new InvariantError(message));
  });

  it('takes one without symbols, sessions or columns', () => {
    const nothing = new Panel({ symbols: [], sessions: new Int32Array(0), columns: {} });
    expect([nothing.first, nothing.last, nothing.columnNames]).toEqual([null, null, []]);
    expect(nothing.indexOf(tuesday)).toBe(-1);
    expect(nothing.until(tuesday).symbols).toEqual([]);
  });

  it('keeps its symbols when the list it was given changes', () => {
    const symbols = ['A', 'B'];
    const panel = new Panel({ ...parts, symbols });
    symbols[0] = 'C';
    expect(panel.symbols).toEqual(['A', 'B']);
    expect(panel.row('B')).toBe(1);
  });
});

describe('reading a panel', () => {
  it('tells names, types, first and last session', () => {
    const panel = twoSymbols();
    expect(panel.columnNames).toEqual(['close', 'score']);
    expect([panel.columnType('close'), panel.columnType('score')]).toEqual(['float64', 'float32']);
    expect([panel.first, panel.last]).toEqual([tuesday, thursday]);
    expect([panel.has('close'), panel.has('open'), panel.hasSymbol('AMD'), panel.hasSymbol('INTC')]).toEqual([true, false, true, false]);
  });

  it('gives one symbol over time as a view on the column', () => {
    const panel = twoSymbols();
    const series = panel.series('close', 'AMD');
    expect(Array.from(series)).toEqual([20, Number.NaN, 22]);
    expect(series.buffer).toBe(panel.column('close').buffer);
    expect(series.byteOffset).toBe(3 * 8);
  });

  it('gives a value, NaN where it is missing and where the panel has no such session', () => {
    const panel = twoSymbols();
    expect(panel.value('close', 'AMD', thursday)).toBe(22);
    expect(panel.value('close', 'AMD', wednesday)).toBeNaN();
    expect(panel.value('close', 'AMD', isoDate('2018-01-05'))).toBeNaN();
    expect(panel.value('close', 'AMD', isoDate('2018-01-01'))).toBeNaN();
  });

  it('names what there is when asked for a column or symbol it does not have', () => {
    expect(() => twoSymbols().column('open')).toThrow('expected one of the columns close, score, found "open"');
    expect(() => twoSymbols().series('close', 'INTC')).toThrow('expected one of the panel\'s 2 symbols, found "INTC"');
    expect(() => twoSymbols().value('close', 'INTC', tuesday)).toThrow('found "INTC"');
  });

  it('finds sessions as a search from the first to the last would', () => {
    const days = fc.integer({ min: -5100, max: 30_100 });
    fc.assert(
      fc.property(anyPanel, days, (panel, day) => {
        let expected = -1;
        panel.sessions.forEach((session, t) => {
          if (session <= day) expected = t;
        });
        expect(panel.indexOnOrBefore(day)).toBe(expected);
        expect(panel.indexOf(fromEpochDay(day))).toBe(panel.sessions.indexOf(day));
      }),
    );
  });
});

describe('parts of a panel', () => {
  it('hold exactly the sessions within the bounds, both inclusive', () => {
    fc.assert(
      fc.property(anyPanel, fc.integer({ min: -5100, max: 30_100 }), fc.integer({ min: -5100, max: 30_100 }), (panel, start, end) => {
        const part = panel.between(fromEpochDay(start), fromEpochDay(end));
        expect(Array.from(part.sessions)).toEqual(Array.from(panel.sessions).filter((day) => day >= start && day <= end));
        const whole = contents(panel);
        for (const [symbol, days] of Object.entries(contents(part))) {
          for (const [day, values] of Object.entries(days)) expect(values).toEqual(whole[symbol][Number(day)]);
        }
      }),
    );
  });

  it('are what the panel was when a session was its last', () => {
    fc.assert(
      fc.property(anyPanel, fc.nat(5), (panel, at) => {
        const day = panel.sessions[Math.min(at, panel.sessions.length - 1)];
        expect(contents(panel.until(fromEpochDay(day)))).toEqual(contents(panel.between(fromEpochDay(panel.sessions[0]), fromEpochDay(day))));
      }),
    );
  });

  it('hold the symbols asked for, in that order', () => {
    fc.assert(
      fc.property(anyPanel.chain((panel) => fc.tuple(fc.constant(panel), fc.shuffledSubarray([...panel.symbols]))), ([panel, symbols]) => {
        const part = panel.select(symbols);
        expect(part.symbols).toEqual(symbols);
        const whole = contents(panel);
        expect(contents(part)).toEqual(Object.fromEntries(symbols.map((symbol) => [symbol, whole[symbol]])));
      }),
    );
  });

  it('keep the types of their columns', () => {
    const panel = twoSymbols();
    for (const part of [panel.until(wednesday), panel.select(['AMD']), panel.between(wednesday, thursday), panel.columns(['score', 'close']), panel.with({})]) {
      expect([part.columnType('close'), part.columnType('score')]).toEqual(['float64', 'float32']);
    }
  });

  it.each([
    ['until', (panel: Panel) => panel.until(thursday)],
    ['between', (panel: Panel) => panel.between(tuesday, thursday)],
    ['select', (panel: Panel) => panel.select(['NVDA', 'AMD'])],
  ])('are copies: what is written into the result of %s does not reach the panel', (_, take) => {
    const panel = twoSymbols();
    const before = contents(panel);
    const part = take(panel);
    expect(contents(part)).toEqual(before);
    for (const name of part.columnNames) part.column(name).fill(-1);
    part.sessions.fill(-1);
    expect(contents(panel)).toEqual(before);
  });

  it('refuse a symbol the panel does not have, and one asked for twice', () => {
    expect(() => twoSymbols().select(['INTC'])).toThrow('found "INTC"');
    expect(() => twoSymbols().select(['AMD', 'AMD'])).toThrow('expected unique symbols');
  });
});

describe('changing columns', () => {
  it('adds and replaces without touching the panel, sharing the others', () => {
    const panel = twoSymbols();
    const close = new Float64Array(6).fill(7);
    const changed = panel.with({ close, rank: new Float32Array(6) });
    expect(changed.columnNames).toEqual(['close', 'score', 'rank']);
    expect(changed.column('close')).toBe(close);
    expect(changed.column('score')).toBe(panel.column('score'));
    expect(panel.columnNames).toEqual(['close', 'score']);
    expect(panel.value('close', 'NVDA', tuesday)).toBe(10);
  });

  it('chooses columns in the order given and refuses one there is not', () => {
    expect(twoSymbols().columns(['score']).columnNames).toEqual(['score']);
    expect(twoSymbols().columns(['score', 'close']).columnNames).toEqual(['score', 'close']);
    expect(() => twoSymbols().columns(['open'])).toThrow('found "open"');
    expect(() => twoSymbols().with({ open: new Float64Array(5) })).toThrow('expected 6 values');
  });

  it('takes any name for a column', () => {
    const panel = new Panel({ symbols: ['A'], sessions: Int32Array.of(toEpochDay(tuesday)), columns: Object.fromEntries(['constructor', 'toString', '12', ' '].map((name, i) => [name, Float64Array.of(i)])) });
    expect(['constructor', 'toString', '12', ' '].map((name) => panel.with({}).until(tuesday).value(name, 'A', tuesday))).toEqual([0, 1, 2, 3]);
    expect(panel.has('valueOf')).toBe(false);
  });
});
