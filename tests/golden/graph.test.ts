import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import type { IsoDate } from '../../src/core/dates.js';
import { toEpochDay } from '../../src/core/dates.js';
import { correlationDays, type CorrelationDay } from '../../src/graph/correlation-days.js';
import { leadingEigenvalue } from '../../src/graph/leading-eigenvalue.js';
import { shrinkage } from '../../src/graph/ledoit-wolf.js';
import { ledoitWolf } from '../../src/graph/builders/ledoit-wolf.js';
import { neighbourEdges } from '../../src/graph/neighbour-edges.js';
import { correlationDistance, spanningTree } from '../../src/graph/spanning-tree.js';
import { pairValue } from '../../src/graph/symmetric.js';
import { topNeighbours } from '../../src/graph/top-neighbours.js';
import { goldenFolder, printSkipReason } from './folder.js';

interface GoldenDate {
  readonly date: IsoDate;
  readonly tickers: readonly string[];
  /** [session][ticker] */
  readonly returns: readonly (readonly number[])[];
  readonly correlationRowSums: readonly number[];
  readonly topK: readonly (readonly number[])[];
  readonly thresholdedEdges: readonly (readonly [number, number, number])[];
  readonly ledoitWolfShrinkage: number;
  readonly ledoitWolfFirst10x10: readonly (readonly number[])[];
  readonly mst: readonly (readonly number[])[];
  readonly mstTotal: number;
  readonly topEigenvalues: readonly number[];
  readonly correlationUpper?: readonly number[];
}

interface Golden {
  readonly tolerance: { readonly numbers: number };
  readonly dates: readonly GoldenDate[];
}

const folder = goldenFolder();
printSkipReason('golden', 'graph against numpy, scikit-learn and networkx');
const golden: Golden = folder === null ? { tolerance: { numbers: 0 }, dates: [] } : (JSON.parse(readFileSync(join(folder, 'graph.json'), 'utf8')) as Golden);

const NEIGHBOURS = 10;
const THRESHOLD = 0.5;

/** The day as the rolling computation has it after some sessions of other returns, so that it is not the direct result. */
function dayOf({ date, tickers, returns }: GoldenDate, lead: number): CorrelationDay {
  const width = lead + returns.length;
  const table = Float64Array.from({ length: tickers.length * width }, (_, at) => {
    const [row, t] = [Math.floor(at / width), at % width];
    return t < lead ? 0.02 * Math.sin(7 * at + t) : returns[t - lead][row];
  });
  const sessions = Int32Array.from({ length: width }, (_, t) => toEpochDay(date) - (width - 1 - t));
  const inputs = { symbols: tickers, sessions, returns: table };
  const days = correlationDays(inputs, { window: returns.length, minPresent: 1 });
  for (const day of days) if (day.t === width - 1) return day;
  throw new Error('no last day');
}

const expectClose = (found: number, expected: number): void => expect(Math.abs(found - expected)).toBeLessThanOrEqual(golden.tolerance.numbers * Math.max(1, Math.abs(expected)));

describe.skipIf(folder === null)('graph against numpy, scikit-learn and networkx', () => {
  it('has dates', () => {
    expect(golden.dates.length).toBeGreaterThan(0);
  });

  describe.each([0, 37])('after %i other sessions', (lead) => {
    it.each(golden.dates)('correlations of $date', (one) => {
      const { correlations } = dayOf(one, lead);
      one.correlationRowSums.forEach((expected, i) => expectClose(one.tickers.reduce((sum, _, j) => sum + (i === j ? 1 : pairValue(correlations, i, j)), 0), expected));
      one.correlationUpper?.forEach((expected, at) => expectClose(correlations.upper[at], expected));
    });

    it.each(golden.dates)('ten nearest neighbours of $date', (one) => {
      const { target, count } = topNeighbours(dayOf(one, lead).correlations, NEIGHBOURS);
      expect(one.tickers.map((_, i) => [...target.subarray(i * count, (i + 1) * count)])).toEqual(one.topK);
    });

    it.each(golden.dates)('edges over the threshold of $date', (one) => {
      const { source, target, weight } = neighbourEdges(topNeighbours(dayOf(one, lead).correlations, NEIGHBOURS), THRESHOLD);
      const inOrder = (edges: readonly (readonly [number, number])[]): string[] => edges.map(([i, j]) => `${i}-${j}`).sort();
      expect(inOrder(Array.from(source, (i, at) => [i, target[at]] as const))).toEqual(inOrder(one.thresholdedEdges.map(([i, j]) => [i, j] as const)));
      const expected = new Map(one.thresholdedEdges.map(([i, j, value]) => [`${i}-${j}`, value]));
      source.forEach((i, at) => expectClose(weight[at], expected.get(`${i}-${target[at]}`)!));
    });

    it.each(golden.dates)('Ledoit and Wolf of $date', (one) => {
      const day = dayOf(one, lead);
      const { intensity, target } = shrinkage(day);
      expectClose(intensity, one.ledoitWolfShrinkage);
      const measure = ledoitWolf.measure(day);
      const shrunk = day.variance.map((value) => (1 - intensity) * value + intensity * target);
      one.ledoitWolfFirst10x10.forEach((row, i) => row.forEach((expected, j) => {
        const found = i === j ? shrunk[i] : pairValue(measure, i, j) * Math.sqrt(shrunk[i] * shrunk[j]);
        expect(Math.abs(found - expected)).toBeLessThanOrEqual(golden.tolerance.numbers * Math.abs(expected));
      }));
    });

    it.each(golden.dates)('minimum spanning tree of $date', (one) => {
      const { source, target, weight } = spanningTree(dayOf(one, lead).correlations);
      const inOrder = (edges: readonly (readonly number[])[]): string[] => edges.map((edge) => [...edge].sort((a, b) => a - b).join('-')).sort();
      expect(inOrder(Array.from(source, (i, at) => [i, target[at]]))).toEqual(inOrder(one.mst));
      expectClose(weight.reduce((sum, value) => sum + correlationDistance(value), 0), one.mstTotal);
    });

    it.each(golden.dates)('largest eigenvalue of $date', (one) => {
      expectClose(leadingEigenvalue(dayOf(one, lead).correlations), one.topEigenvalues[0]);
    });
  });
});
