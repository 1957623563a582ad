import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateScores } from '../../../src/evaluation/evaluate-scores.js';
import { sharpeRatio } from '../../../src/evaluation/performance/sharpe-ratio.js';
import { backtestCharts } from '../../../src/report/backtest/figures.js';
import { equityAxes, growsMuch } from '../../../src/report/backtest/figures/equity.js';
import { histogram, normalCounts } from '../../../src/report/backtest/figures/histogram.js';
import { thinTrades } from '../../../src/report/backtest/figures/trades.js';
import { reportSeries, thinSeries } from '../../../src/report/backtest/report-series.js';
import { notebookFigures } from '../../../src/report/backtest/shown.js';
import { LIGHT } from '../../../src/report/palette.js';
import { evaluationWorld } from '../../evaluation/world.js';
import { HOSTILE } from '../hostile.js';
import { madeBacktest } from './made-backtest.js';

const input = { ...madeBacktest({ sessions: 600, names: 30, positions: 6 }), scores: evaluateScores(evaluationWorld({ sessions: 120 })) };
const series = reportSeries(input);
const points = input.run.trades.map((trade, i) => ({ trade, worst: i % 3 === 0 ? null : -0.01 }));
const charts = backtestCharts(input, { series, points, mostPoints: 2000 });

describe('charts of a backtest', () => {
  it.each(Object.entries(charts))('%s is plain JSON of lists as long as each other, with a title', (_, figure) => {
    expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
    for (const trace of figure!.data) {
      expect(trace.y).toHaveLength(trace.x.length);
      for (const list of [trace.x, trace.y]) expect(list.every((value: number | string | null) => value === null || typeof value === 'string' || Number.isFinite(value))).toBe(true);
    }
    expect((figure!.layout['title'] as { text: string }).text).toMatch(/\S/);
  });

  it('draw equity and benchmark from the same start, and drawdowns that are none above 0', () => {
    const line = (name: string): readonly (number | null)[] => charts.equity!.data.find((trace) => trace.name === name)!.y as number[];
    expect(line('Backtest')[0]).toBe(1_000_000);
    expect(line('SPY')[0]).toBe(1_000_000);
    expect(line('Backtest').at(-1)).toBe(Math.round(input.run.equity.at(-1)!));
    expect(line('Backtest, below its high').every((value) => value! <= 0)).toBe(true);
    expect(Math.min(...(line('Backtest, below its high') as number[]))).toBeCloseTo(input.figures.performance.maxDrawdown!, 4);
  });

  it('roll Sharpe ratios over the sessions before', () => {
    const [half, year, benchmark] = charts.rollingSharpe!.data;
    expect(half.y.slice(0, 126).every((value) => value === null)).toBe(true);
    expect(half.y[126]).not.toBeNull();
    const last = sharpeRatio(input.run.returns.slice(-252), { riskFree: input.riskFree!.slice(-252) });
    expect(year.y.at(-1)).toBeCloseTo(last!, 3);
    expect(benchmark.name).toBe('SPY, 252 sessions');
    expect(year.y).toHaveLength(input.run.sessions.length);
  });

  it('add turnover and costs up to those of the run', () => {
    const [bars, costs] = charts.turnover!.data;
    const total = input.run.turnover.reduce((a, b) => a + b, 0);
    expect(bars.y.reduce<number>((sum, value) => sum + (value as number), 0) / total).toBeCloseTo(1, 4);
    expect(costs.y.at(-1)).toBe(Math.round(input.figures.costs.total));
    expect(bars.x).toHaveLength(new Set(series.sessions.map((session) => session.slice(0, 7))).size);
  });

  it('count every daily return once, and mark the tail', () => {
    const [bars] = charts.distribution!.data;
    expect(bars.y.reduce<number>((sum, value) => sum + (value as number), 0)).toBe(input.run.returns.length);
    const [var5, beyond] = charts.distribution!.layout['shapes'] as { x0: number }[];
    expect(var5.x0).toBeCloseTo(input.figures.performance.valueAtRisk!, 6);
    expect(beyond.x0).toBeCloseTo(input.figures.performance.conditionalValueAtRisk!, 6);
  });

  it('show each trade as one point, where its prices are known', () => {
    const count = (figure: (typeof charts)['holding']): number => figure!.data.reduce((sum, { x }) => sum + x.length, 0);
    expect(count(charts.holding)).toBe(input.run.trades.length);
    expect(count(charts.excursion)).toBe(points.filter(({ worst }) => worst !== null).length);
    const [gains, losses] = charts.holding!.data;
    expect(gains.y.every((value) => (value as number) > 0) && losses.y.every((value) => (value as number) <= 0)).toBe(true);
  });

  it('grow by equal steps until they grow threefold', () => {
    expect([growsMuch([1, 2, 2.9]), growsMuch([1, 2, 3.1]), growsMuch([1, 0, 9]), growsMuch([1, null, 9])]).toEqual([false, true, false, false]);
    expect(equityAxes([1, 9], LIGHT).log).toMatchObject({ type: 'log', dtick: 'D2' });
    expect(equityAxes([1, 2], LIGHT).log).not.toHaveProperty('dtick');
  });

  it('are none where there is nothing to draw', () => {
    const none = new Float64Array(1);
    const run = { ...input.run, sessions: input.run.sessions.slice(0, 1), equity: none.fill(5), returns: new Float64Array(0), gross: none, net: none, names: none, turnover: new Float64Array(1), costs: new Float64Array(1) };
    const empty = { ...input, run, benchmark: null, compared: [], riskFree: null };
    expect(Object.values(backtestCharts(empty, { series: reportSeries(empty), points: [], mostPoints: 9 }))).toEqual([null, null, null, null, null, null, null]);
  });

  it('give names from data to plotly without markup', () => {
    const bad = { ...input, benchmark: { ...input.benchmark!, name: HOSTILE }, run: { ...input.run, trades: input.run.trades.map((trade) => ({ ...trade, symbol: HOSTILE })) } };
    for (const { data } of notebookFigures(bad)) for (const trace of data) expect(JSON.stringify([trace.name, trace['hovertext'], trace['hovertemplate']]).replaceAll('<br>', '').replaceAll('<extra></extra>', '')).not.toMatch(/[<>]/);
  });
});

describe('thinner series', () => {
  it('keep both ends and the sessions that matter', () => {
    const thin = thinSeries(series, 100, [17, 333]);
    expect(thin.sessions.length).toBeLessThanOrEqual(103);
    for (const t of [0, 17, 333, series.sessions.length - 1]) expect(thin.sessions).toContain(series.sessions[t]);
    const at = series.sessions.indexOf(thin.sessions[5]);
    expect(thin.equity[0].values[5]).toBe(series.equity[0].values[at]);
    expect(thin.rollingSharpe.map(({ values }) => values.length)).toEqual(Array.from(thin.rollingSharpe, () => thin.sessions.length));
    expect(thinSeries(series, 10_000, [])).toEqual(series);
  });

  it('take trades evenly by exit', () => {
    expect(thinTrades([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 5)).toEqual([0, 2, 4, 6, 8]);
    expect(thinTrades([1, 2], 5)).toEqual([1, 2]);
  });
});

describe('a histogram', () => {
  it('counts each value once, in few bars of a round width with 0 on an edge', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -20_000, max: 20_000 }).map((units) => units / 1e5), { minLength: 2, maxLength: 200 }), (values) => {
      const found = histogram(values);
      if (found === null) return expect(new Set(values).size).toBe(1);
      const { start, width, counts } = found;
      expect(counts.reduce((a, b) => a + b, 0)).toBe(values.length);
      expect(counts.length).toBeLessThanOrEqual(61);
      expect(Math.abs(start / width - Math.round(start / width))).toBeLessThan(1e-6);
      expect(width.toExponential()[0]).toMatch(/[125]/);
    }));
  });

  it('lies near the normal curve of normal values', () => {
    const values = Array.from({ length: 999 }, (_, i) => 0.01 * Math.sqrt(2) * inverseErf((2 * (i + 1)) / 1000 - 1));
    const found = histogram(values)!;
    normalCounts(found, values).forEach((expected, i) => expect(Math.abs(expected - found.counts[i])).toBeLessThan(4));
  });
});

/** Winitzki (2008), good to three digits. */
function inverseErf(x: number): number {
  const [a, log] = [0.147, Math.log(1 - x * x)];
  const half = 2 / (Math.PI * a) + log / 2;
  return Math.sign(x) * Math.sqrt(Math.sqrt(half * half - log / a) - half);
}
