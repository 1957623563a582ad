import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../src/core/dates.js';
import type { Recommendation } from '../../src/recommendation/recommendation.js';
import { recommendationFigure } from '../../src/report/figure.js';
import { DARK, LIGHT } from '../../src/report/palette.js';
import { lastBars, recentBars, type PriceSeries } from '../../src/report/price-series.js';
import { AS_OF, reportInput } from './fixture.js';

const { document, charts } = reportInput();
const enter = document.recommendations.find((one) => one.action === 'enter')!;
const series = charts.get(enter.symbol)!;
const bars = recentBars(series, AS_OF, 126);

function figureOf(change: Partial<Recommendation> = {}): ReturnType<typeof recommendationFigure> {
  return recommendationFigure({ recommendation: { ...enter, ...change }, bars });
}

describe('recent bars', () => {
  it('end at the session asked for, never after it', () => {
    const cut = isoDate('2018-01-05');
    const recent = recentBars(series, cut, 20);
    expect(recent.sessions).toHaveLength(20);
    expect(recent.sessions.at(-1)).toBe(cut);
    expect(recent.close.at(-1)).toBeCloseTo(series.close[series.sessions.indexOf(cut)], 4);
  });

  it('turn missing values into null and shorten to what there is', () => {
    const gaps: PriceSeries = { sessions: series.sessions.slice(0, 2), open: [1, Number.NaN], high: [1, 2], low: [1, 2], close: [1.123456, 2], volume: [Number.NaN, 5] };
    expect(recentBars(gaps, AS_OF, 10)).toEqual({ sessions: gaps.sessions, open: [1, null], high: [1, 2], low: [1, 2], close: [1.1235, 2], volume: [null, 5] });
  });

  it('refuse a column that is not as long as the sessions', () => {
    expect(() => recentBars({ ...series, low: [1] }, AS_OF, 10)).toThrow('expected 180 values, one a session, found 1 in chart column "low"');
  });

  it('of a shorter span are the end of those of a longer one', () => {
    expect(lastBars(bars, 30)).toEqual(recentBars(series, AS_OF, 30));
  });
});

describe('the figure of a recommendation', () => {
  it('is plain JSON with candles, volume and a cone', () => {
    const figure = figureOf();
    expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
    expect(figure.data.map((trace) => [trace.type, trace.name])).toEqual([['bar', 'Volume'], ['candlestick', 'Price'], ['scatter', 'interval'], ['scatter', 'Expected']]);
    expect(figure.data[1].close).toEqual(bars.close.map((close) => Number(close!.toFixed(2))));
  });

  it('has a line and a label at entry, stop and target', () => {
    const { shapes, annotations } = figureOf({ entry: 100, stop: 95, target: 112.5 }).layout;
    expect(shapes.map((shape) => [shape.y0, shape.y1])).toEqual([[100, 100], [95, 95], [112.5, 112.5]]);
    expect(annotations.map((label) => label.text)).toEqual(['Entry 100.00', 'Stop 95.00', 'Target 112.50']);
  });

  it('calls a stop that follows the price so, and draws the limit of an entry instead of the last close', () => {
    expect(figureOf({ action: 'hold', order: null, stop: 95, trailing: 2.5 }).layout.annotations.map((label) => label.text)[1]).toBe('Trailing 95.00');
    expect(figureOf({ order: { kind: 'limit', limit: 99.5 } }).layout.annotations[0]).toMatchObject({ text: 'Limit 99.50', y: 99.5 });
  });

  it('draws what is to be reduced like what is held', () => {
    expect(figureOf({ action: 'reduce', order: null })).toEqual(figureOf({ action: 'hold', order: null }));
  });

  it('shows only the price paid for an exit', () => {
    const figure = figureOf({ action: 'exit' });
    expect(figure.layout.annotations.map((label) => label.text.split(' ')[0])).toEqual(['Paid']);
    expect(figure.data).toHaveLength(2);
  });

  it('opens the cone at the next open and ends it after the horizon at the interval', () => {
    const close = bars.close.at(-1)!;
    const figure = figureOf({ forecastHorizon: 5, expectedReturn: 0.02, interval: [-0.03, 0.06] });
    const ahead = ['next open', '+1', '+2', '+3', '+4', '+5'];
    expect(figure.data[2].x).toEqual([...ahead, ...ahead.toReversed()]);
    const edge = figure.data[2].y as number[];
    [close, close * 1.06, close * 0.97, close].forEach((price, i) => expect(edge[[0, 5, 6, 11][i]]).toBeCloseTo(price, 1));
    expect(edge[1] - edge[0]).toBeCloseTo((close * 0.06) / 5, 1);
    expect(figure.data[3].y![1]).toBeCloseTo(close * 1.02, 1);
  });

  it('has no cone without an expected return', () => {
    expect(figureOf({ expectedReturn: null, interval: null, forecastHorizon: null }).data).toHaveLength(2);
  });

  it('leaves no gap for weekends and holidays: one category a session', () => {
    const { xaxis } = figureOf({ action: 'exit' }).layout;
    expect(xaxis.type).toBe('category');
    expect(xaxis.range).toEqual([-1, 126]);
    expect(figureOf({ action: 'exit' }).data.map((trace) => trace.x)).toEqual([bars.sessions, bars.sessions]);
    expect(xaxis['ticktext']).toEqual(['Sep', 'Oct', 'Nov', 'Dec', 'Jan 2018', 'Feb']);
  });

  it('keeps every level inside the price axis and its labels apart', () => {
    fc.assert(fc.property(fc.double({ min: 1, max: 500, noNaN: true }), fc.double({ min: 0.5, max: 1, noNaN: true }), fc.double({ min: 1, max: 2, noNaN: true }), (entry, down, up) => {
      const { layout } = figureOf({ entry, stop: entry * down, target: entry * up });
      const [low, high] = layout.yaxis.range as [number, number];
      const plot = (layout.height - 36) * 0.78;
      const places = layout.annotations.map(({ y, yshift }) => ((y - low) / (high - low)) * plot + (yshift as number)).sort((a, b) => a - b);
      expect(layout.annotations.every(({ y }) => y > low && y < high)).toBe(true);
      for (let k = 1; k < places.length; k++) expect(places[k] - places[k - 1]).toBeGreaterThan(12);
    }));
  });

  it('takes its colours from the palette', () => {
    const colours = (palette: typeof LIGHT): string => JSON.stringify(recommendationFigure({ recommendation: enter, bars, palette }));
    expect(colours(LIGHT)).toContain(LIGHT.up);
    expect(colours(DARK)).toContain(DARK.up);
    expect(colours(DARK)).not.toContain(LIGHT.up);
  });
});
