import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { splitYearToDate, type FiledFigure } from '../../../src/data/point-in-time/split-year-to-date.js';

const YEAR = 2010 * 12;
const figure = (quarter: number, months: number, knownFrom: number, value: number): FiledFigure => ({ endMonth: YEAR + quarter * 3, months, knownFrom, value });
const rows = (figures: readonly FiledFigure[]): number[][] => splitYearToDate(figures).map(({ endMonth, knownFrom, value }) => [(endMonth - YEAR) / 3, knownFrom, value]);

const filed = [figure(1, 3, 100, 10), figure(2, 6, 190, 25), figure(3, 9, 280, 33), figure(4, 12, 400, 60)];

describe('single quarters', () => {
  it('are the differences of the year to date, each known from the later filing', () => {
    expect(rows(filed)).toEqual([[1, 100, 10], [2, 190, 15], [3, 280, 8], [4, 400, 27]]);
  });

  it('of Apple in fiscal 2010 are as counted by hand', () => {
    const toDate = (values: readonly number[]): FiledFigure[] => values.map((value, i) => figure(i + 1, 3 * (i + 1), [14_635, 14_721, 14_812, 14_910][i], value));
    expect(rows(toDate([3378, 6452, 9705, 14_013])).map(([, , value]) => value)).toEqual([3378, 3074, 3253, 4308]); // net income, million dollars
    expect(rows(toDate([5781, 8111, 12_912, 18_595])).map(([, , value]) => value)).toEqual([5781, 2330, 4801, 5683]); // operating cash flow
  });

  it('change from the day on which either side is restated, and not before', () => {
    expect(rows([...filed, figure(2, 6, 450, 20), figure(1, 3, 500, 12)])).toEqual([[1, 100, 10], [2, 190, 15], [3, 280, 8], [4, 400, 27], [2, 450, 10], [3, 450, 13], [1, 500, 12], [2, 500, 8]]);
  });

  it('stand as filed where they were filed', () => {
    expect(rows([figure(1, 3, 100, 10), figure(2, 3, 190, 14), figure(2, 6, 190, 25)])).toEqual([[1, 100, 10], [2, 190, 14]]);
  });

  it('of the end of a year are the year less the three before', () => {
    expect(rows([figure(1, 3, 100, 10), figure(2, 3, 190, 15), figure(3, 3, 280, 8), figure(4, 12, 400, 60)])).toEqual([[1, 100, 10], [2, 190, 15], [3, 280, 8], [4, 400, 27]]);
  });

  it.each([
    ['a quarter is missing before', [figure(1, 3, 100, 10), figure(3, 9, 280, 33)], [[1, 100, 10]]],
    ['the year was filed before its part: the label is wrong', [figure(4, 12, 50, 7), figure(1, 3, 100, 10), figure(2, 6, 190, 25), figure(3, 9, 280, 33)], [[1, 100, 10], [2, 190, 15], [3, 280, 8]]],
    ['the year was filed long after its part', [figure(1, 3, 100, 10), figure(2, 6, 400, 25)], [[1, 100, 10]]],
  ])('are not made up when %s', (_, figures, expected) => {
    expect(rows([...figures].sort((a, b) => a.knownFrom - b.knownFrom))).toEqual(expected);
  });

  it('do not change when more is filed later', () => {
    const anyFigure = fc.record({ endMonth: fc.integer({ min: 1, max: 8 }).map((quarter) => YEAR + quarter * 3), months: fc.constantFrom(3, 6, 9, 12), knownFrom: fc.integer({ min: 0, max: 900 }), value: fc.integer({ min: -50, max: 50 }) });
    fc.assert(
      fc.property(fc.array(anyFigure, { maxLength: 25 }), fc.integer({ min: 0, max: 900 }), (list, cut) => {
        const figures = [...list].sort((a, b) => a.knownFrom - b.knownFrom);
        expect(splitYearToDate(figures.filter(({ knownFrom }) => knownFrom <= cut))).toEqual(splitYearToDate(figures).filter(({ knownFrom }) => knownFrom <= cut));
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
