import { describe, expect, it } from 'vitest';

import { gridBlocks } from '../../../src/backtest/grid/grid-block.js';
import { gridCells, type GridCell } from '../../../src/backtest/grid/grid-cell.js';
import { gridFigures, runGrid, type GridInput, type GridResult } from '../../../src/backtest/grid/run-grid.js';
import { makeSignals } from '../../../src/backtest/signals/makers/make-signals.js';
import { runSignals } from '../../../src/backtest/signals/run-signals.js';
import { closedTrades, signalReturns } from '../../../src/backtest/signals/signal-results.js';
import { collect, result } from '../../../src/core/events.js';
import { createRng } from '../../../src/core/rng.js';
import { backtestOverfitting } from '../../../src/evaluation/overfitting/backtest-overfitting.js';
import { superiorPredictiveAbility } from '../../../src/evaluation/overfitting/superior-predictive-ability.js';
import { totalReturn } from '../../../src/evaluation/performance/annual-return.js';
import { maxDrawdown } from '../../../src/evaluation/performance/drawdown.js';
import { sharpeRatio } from '../../../src/evaluation/performance/sharpe-ratio.js';
import { tradeStatistics } from '../../../src/evaluation/performance/trade-statistics.js';
import { alone, walks } from './walks.js';

const COSTS = { commissionBps: 5, halfSpreadBps: 1, slippageBps: 1, borrowFee: 0.02 };
const fasterFirst = ({ fast, slow }: Readonly<Record<string, number>>): boolean => fast < slow;

/** Every maker, some cells with rules of their own. */
const MIXED: readonly GridCell[] = [
  ...gridCells('crossing-averages', { fast: [2, 5, 8], slow: [5, 20] }, { keep: fasterFirst }),
  ...gridCells('crossing-exponentials', { fast: [3], slow: [9] }, { rules: { stop: 0.03, target: 0.05 } }),
  ...gridCells('rsi-thresholds', { period: [5], below: [30, 40], above: [60] }, { rules: { direction: 'short', timeStop: 5 } }),
  ...gridCells('breakout', { entry: [10], exit: [5] }, { rules: { trailing: 0.04, size: 0.5 } }),
  ...gridCells('breakout', { entry: [290], exit: [290] }),
];

/** Many numbers, compared without a matcher's care for each. */
const isSame = (a: readonly Float64Array[], b: readonly Float64Array[]): boolean => a.length === b.length && a.every((values, i) => values.length === b[i].length && values.every((value, t) => Object.is(value, b[i][t])));

/** Large enough for threads. */
function large(): GridInput {
  const cells = gridCells('crossing-averages', { fast: Array.from({ length: 25 }, (_, i) => 2 + i), slow: Array.from({ length: 40 }, (_, i) => 3 + 2 * i) }, { keep: fasterFirst });
  return { bars: walks(9, 800, { holes: true }), cells, costs: COSTS, returns: true };
}

describe('a grid', { timeout: 60_000 }, () => {
  it('gives what each signal run gives of its own, judged by the evaluation', async () => {
    const bars = walks(6, 300, { seed: 7, holes: true });
    const grid = await result(runGrid({ bars, cells: MIXED, costs: COSTS, returns: true }));
    let undefinedOnes = 0;
    MIXED.forEach(({ maker, params, rules = {} }, cell) => {
      for (let column = 0; column < 6; column++) {
        const own = alone(bars, column);
        const run = runSignals({ bars: own, ...makeSignals(own, maker, params), rules, costs: COSTS });
        const returns = signalReturns(run);
        const found = gridFigures(grid, cell, column);
        const statistics = tradeStatistics(closedTrades(run));
        const sharpe = sharpeRatio(returns);
        expect(found).toEqual({
          totalReturn: run.equity[299] - 1,
          sharpeRatio: sharpe === null ? null : expect.closeTo(sharpe, 10),
          maxDrawdown: expect.closeTo(maxDrawdown(returns)?.depth ?? 0, 12),
          trades: statistics.trades,
          winRate: statistics.hitRate,
        });
        expect(found.totalReturn).toBeCloseTo(totalReturn(returns)!, 12);
        if (found.sharpeRatio === null) undefinedOnes++;
      }
    });
    expect(undefinedOnes).toBeGreaterThan(0); // cells that never trade among them
    const run = (cell: number) => runSignals({ bars, ...makeSignals(bars, MIXED[cell].maker, MIXED[cell].params), rules: MIXED[cell].rules ?? {}, costs: COSTS });
    MIXED.forEach((_, cell) => {
      const { equity } = run(cell);
      const together = Float64Array.from({ length: 300 }, (__, t) => Array.from({ length: 6 }, (___, column) => equity[column * 300 + t]).reduce((sum, value) => sum + value, 0));
      together.forEach((value, t) => expect(grid.returns![cell][t]).toBeCloseTo(value / (t === 0 ? 6 : together[t - 1]) - 1, 12));
    });
  });

  it('does not depend on the threads, and says how far it is', async () => {
    const input = large();
    const total = 9 * input.cells.length;
    const [one, two] = [await collect(runGrid(input, { threads: 1 })), await collect(runGrid(input, { threads: 2 }))];
    expect(two.result.figures).toEqual(one.result.figures);
    expect(isSame(two.result.returns!, one.result.returns!)).toBe(true);
    for (const { events } of [one, two]) {
      expect(events.at(-1)).toEqual({ kind: 'progress', done: total, total });
      expect(events.map(({ done }) => done)).toEqual([...events.map(({ done }) => done)].sort((a, b) => a - b));
      expect(events.length).toBeGreaterThan(10);
    }
    // threads and the calling one agree: a part that is too small for threads
    const part = await result(runGrid({ ...input, cells: input.cells.slice(100, 105) }));
    const rows = (grid: GridResult, from: number): number[] => [...grid.figures.sharpeRatio.slice(from * 9, (from + 5) * 9)];
    expect(rows(part, 0)).toEqual(rows(one.result, 100));
    expect(isSame(part.returns!, one.result.returns!.slice(100, 105))).toBe(true);
  });

  it('gives returns that tests of luck take as they are', async () => {
    const { cells, returns } = await result(runGrid({ bars: walks(4, 320), cells: gridCells('crossing-averages', { fast: [2, 4, 6, 8], slow: [10, 20] }), costs: COSTS, returns: true }));
    expect(backtestOverfitting(returns!, { blocks: 8 }).logits).toHaveLength(70);
    const { pValues } = superiorPredictiveAbility(returns!, { block: 5, replicates: 200, rng: createRng(1) }).studentised;
    expect(pValues.consistent).toBeGreaterThan(0.05); // random walks, after costs
    expect(returns).toHaveLength(cells.length);
  });

  it('stops when it is told to, in this thread or in others', async () => {
    const small = { ...large(), cells: MIXED };
    for (const input of [large(), small]) {
      const controller = new AbortController();
      const stream = runGrid(input, { threads: 1, signal: controller.signal });
      const first = await stream.next();
      expect(first.done).toBe(false);
      controller.abort(new Error('enough'));
      await expect(result(stream)).rejects.toThrow('enough');
    }
    await expect(result(runGrid(small, { signal: AbortSignal.abort(new Error('before')) }))).rejects.toThrow('before');
  });

  it('ends its threads when the reader leaves', async () => {
    let seen = 0;
    for await (const event of runGrid(large(), { threads: 1 })) if ((seen = event.done) > 0) break;
    expect(seen).toBeGreaterThan(0);
  });

  it('leaves its bars as they were, without returns unless they are wanted', async () => {
    const bars = walks(2, 60, { holes: true });
    const before = structuredClone(bars);
    const { returns, figures } = await result(runGrid({ bars, cells: MIXED.slice(0, 2), costs: COSTS }));
    expect(bars).toEqual(before);
    expect(returns).toBeNull();
    expect(figures.trades.buffer).not.toBeInstanceOf(SharedArrayBuffer);
  });

  it('makes cells of all combinations', () => {
    expect(gridCells('crossing-averages', { fast: [1, 2, 3], slow: [2, 3] }, { keep: fasterFirst }).map(({ params }) => [params['fast'], params['slow']])).toEqual([[1, 2], [1, 3], [2, 3]]);
    expect(gridCells('breakout', { entry: [5], exit: [4] }, { rules: { stop: 0.1 } })).toEqual([{ maker: 'breakout', params: { entry: 5, exit: 4 }, rules: { stop: 0.1 } }]);
  });

  it.each([[1, 1], [1, 2000], [3, 100], [9, 40], [100, 1000], [500, 7]])('cuts %i instruments and %i cells into blocks that cover each once', (columns, cells) => {
    const covered = new Int32Array(columns * cells);
    for (const { firstColumn, endColumn, firstCell, endCell } of gridBlocks(columns, cells)) {
      for (let column = firstColumn; column < endColumn; column++) for (let cell = firstCell; cell < endCell; cell++) covered[column * cells + cell]++;
    }
    expect(covered.every((times) => times === 1)).toBe(true);
  });

  it.each<[string, Partial<GridInput>, string]>([
    ['no cells', { cells: [] }, 'expected at least one cell, found none'],
    ['unknown makers', { cells: [{ maker: 'moving', params: {} }] }, 'expected one of the signal makers'],
    ['bad parameters', { cells: [{ maker: 'breakout', params: { entry: 1, exit: 5 } }] }, 'expected entry as a whole number from 2 to 10000, found 1'],
    ['bad rules of a cell', { cells: [{ maker: 'breakout', params: { entry: 5, exit: 5 }, rules: { stop: 2 } }] }, 'found 2 in cell 0 of runGrid'],
    ['levels by column', { rules: { stop: new Float64Array(10) as unknown as number } }, 'expected levels as fractions of the entry price, found a column in cell 0'],
    ['shorts without a fee', { rules: { direction: 'short' }, costs: { commissionBps: 0, halfSpreadBps: 0, slippageBps: 0 } }, 'expected a borrowFee'],
    ['no ranges', { bars: { open: new Float64Array(5), close: new Float64Array(5) } }, 'expected a column "high"'],
  ])('refuses %s', async (_, changed, message) => {
    await expect(result(runGrid({ bars: walks(1, 10), cells: MIXED.slice(0, 1), costs: COSTS, ...changed }))).rejects.toThrow(message);
  });

  it('refuses to run by no thread', async () => {
    await expect(result(runGrid({ bars: walks(1, 10), cells: MIXED, costs: COSTS }, { threads: 0 }))).rejects.toThrow('expected at least one thread, found 0');
  });
});
