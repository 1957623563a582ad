import { describe, expect, it } from 'vitest';

import type { SessionBar } from '../../src/portfolio/session-market.js';
import { stepBook } from '../../src/portfolio/step-book.js';
import { bar, bookOf, buy, COSTS, FREE, held, marketOf, PLAN } from './made-book.js';

const RESTING = { costs: FREE, brackets: 'resting' } as const;

describe('a resting stop and target', () => {
  // stop 90, target 120
  it.each<[string, SessionBar, [string, number] | null]>([
    ['nothing within the range', bar(100, 119, 91, 100), null],
    ['the stop that the low reaches', bar(100, 105, 90, 100), ['stop', 90]],
    ['the open beyond the stop', bar(85, 105, 80, 100), ['stop', 85]],
    ['the open at the stop', bar(90, 105, 89, 100), ['stop', 90]],
    ['the target that the high reaches', bar(100, 120, 95, 100), ['target', 120]],
    ['the open beyond the target', bar(125, 130, 120, 122), ['target', 125]],
    ['the stop first when the bar holds both', bar(100, 125, 85, 100), ['stop', 90]],
    ['the target when the open is beyond it, whatever follows', bar(125, 126, 85, 100), ['target', 125]],
    ['nothing on a suspect bar', bar(50, 200, 50, 100, true), null],
    ['what the range holds of a bar without an open', bar(Number.NaN, 105, 85, 100), ['stop', 90]],
    ['nothing on a bar without a range', bar(100, Number.NaN, Number.NaN, 100), null],
  ])('catches %s', (_, day, expected) => {
    const { fills, book } = stepBook(bookOf(0, [held('A', 5)]), marketOf({ A: day }), RESTING);
    expect(fills.map(({ reason, price }) => [reason, price])).toEqual(expected === null ? [] : [expected]);
    expect(book.positions.length).toBe(expected === null ? 1 : 0);
  });

  it('waits through a session without a bar', () => {
    expect(stepBook(bookOf(0, [held('A', 5)]), marketOf({}), RESTING).fills).toEqual([]);
  });

  it('does not rest where decisions are made at the close', () => {
    expect(stepBook(bookOf(0, [held('A', 5)]), marketOf({ A: bar(50, 200, 50, 100) }), { costs: FREE, brackets: 'close' }).fills).toEqual([]);
  });

  it('catches nothing where the plan has no levels', () => {
    expect(stepBook(bookOf(0, [held('A', 5, { stop: Number.NaN, target: Number.NaN })]), marketOf({ A: bar(100, 1e6, 0.01, 100) }), RESTING).fills).toEqual([]);
  });

  it('pays a concession for a stop and none for a target, except down to it from a better open', () => {
    const costsOf = (day: SessionBar) => stepBook(bookOf(0, [held('A', 10)]), marketOf({ A: day }), { costs: COSTS, brackets: 'resting' }).fills[0];
    expect(costsOf(bar(100, 105, 85, 100))).toMatchObject({ price: expect.closeTo(89.55, 10), reference: 90, concession: 450, commission: 90 });
    expect(costsOf(bar(100, 120, 95, 100))).toMatchObject({ price: 120, concession: 0, commission: 120 });
    expect(costsOf(bar(120.2, 121, 119, 120))).toMatchObject({ price: 120, reference: 120.2, concession: 200 });
  });

  it('is there from the entry on: bought at the open, stopped in the same session', () => {
    const { fills, book } = stepBook(bookOf(1000, [], [buy('A', 5)]), marketOf({ A: bar(100, 101, 89, 95) }), RESTING);
    expect(fills.map(({ reason, price }) => [reason, price])).toEqual([
      ['entry', 100],
      ['stop', 90],
    ]);
    expect(book).toMatchObject({ cash: 95_000, positions: [] });
  });

  it.each<[string, SessionBar, [string, number][]]>([
    ['the high, which may have come before', bar(110, 125, 95, 100), []],
    ['a close beyond the target, which came after', bar(110, 125, 95, 121), [['target', 120]]],
    ['the low beyond the stop, which came after', bar(110, 125, 85, 100), [['stop', 90]]],
  ])('of what was bought at its limit within the range: %s', (_, day, expected) => {
    const { fills } = stepBook(bookOf(1000, [], [buy('A', 5, { limit: 99 })]), marketOf({ A: day }), RESTING);
    expect(fills.map(({ reason, price }) => [reason, price])).toEqual([['entry', 99], ...expected]);
  });

  it('is the one of the plan that came last', () => {
    const { fills } = stepBook(bookOf(1000, [held('A', 5)], [buy('A', 5, { plan: { ...PLAN, stop: 98 } })]), marketOf({ A: bar(100, 101, 97, 99) }), RESTING);
    expect(fills.map(({ reason, shares, price }) => [reason, shares, price])).toEqual([
      ['add', 5, 100],
      ['stop', 10, 98],
    ]);
  });
});

describe('a trailing stop', () => {
  const trailing = held('A', 5, { trailing: 8, stop: 92 });

  it.each<[string, SessionBar | null, number, number]>([
    ['follows a higher close', bar(100, 112, 99, 110), 110, 102],
    ['stays at a lower close', bar(100, 112, 95, 96), 100, 92],
    ['does not follow a high that is no close', bar(100, 118, 99, 100), 100, 92],
    ['does not follow a suspect bar', bar(100, 500, 99, 400, true), 100, 92],
    ['stays without a bar', null, 100, 92],
  ])('%s', (_, day, high, stop) => {
    expect(stepBook(bookOf(0, [trailing]), marketOf(day ? { A: day } : {}), RESTING).book.positions[0]).toMatchObject({ high, stop });
  });

  it('never falls to its distance: a stop that is nearer stays', () => {
    expect(stepBook(bookOf(0, [{ ...trailing, stop: 97 }]), marketOf({ A: bar(100, 102, 99, 102) }), RESTING).book.positions[0]).toMatchObject({ high: 102, stop: 97 });
  });

  it('is set by the first close where the plan had none', () => {
    expect(stepBook(bookOf(0, [{ ...trailing, stop: Number.NaN }]), marketOf({ A: bar(100, 100, 99, 99) }), RESTING).book.positions[0]).toMatchObject({ high: 100, stop: 92 });
  });

  it('catches from the session after on', () => {
    const first = stepBook(bookOf(0, [trailing]), marketOf({ A: bar(100, 112, 99, 110) }), RESTING);
    expect(first.fills).toEqual([]);
    const next = stepBook({ ...first.book, session: held('A', 1).entrySession }, marketOf({ A: bar(110, 111, 101, 105) }), RESTING);
    expect(next.fills).toEqual([expect.objectContaining({ reason: 'stop', price: 102 })]);
  });
});
