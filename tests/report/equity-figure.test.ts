import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equityFigure } from '../../src/report/equity-figure.js';
import { sessionsUntil } from './fixture.js';

const points = (values: readonly number[]): { session: ReturnType<typeof sessionsUntil>[number]; equity: number }[] => sessionsUntil(values.length).map((session, i) => ({ session, equity: values[i] }));

describe('the figure of equity', () => {
  it('is plain JSON of equity and how far it is below its highest', () => {
    const figure = equityFigure(points([100, 110, 99, 121]))!;
    expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
    expect(figure.data.map(({ name, y }) => [name, y])).toEqual([['Drawdown', [0, 0, -0.1, 0]], ['Equity', [100, 110, 99, 121]]]);
  });

  it('is none for fewer than two closes', () => {
    expect([equityFigure([]), equityFigure(points([100]))]).toEqual([null, null]);
  });

  it('never shows equity above its highest', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: 1, max: 1e9, noNaN: true }), { minLength: 2, maxLength: 60 }), (values) => {
      const [{ y }] = equityFigure(points(values))!.data;
      expect((y as number[]).every((below) => below <= 0 && below >= -1)).toBe(true);
    }), { seed: 11 });
  });

  it('names months, few enough to read, or the ends of a short record', () => {
    const ticks = (count: number): unknown => equityFigure(points(Array<number>(count).fill(100)))!.layout.xaxis['ticktext'];
    expect(ticks(252)).toEqual(['Mar', 'May', 'Jul', 'Sep', 'Nov', 'Jan 2018']);
    expect(ticks(3)).toEqual(['5 Feb', '7 Feb']);
  });
});
