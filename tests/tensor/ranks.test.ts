import { describe, expect, it } from 'vitest';

import { runRanks } from '../../src/tensor/parallel/ranks.js';
import type { RankTask } from './rank-worker.js';

const module = new URL('./rank-worker.js', import.meta.url);
const size = 5 * 3 + 3;
const train = (world: number, task: Partial<RankTask> = {}, signal?: AbortSignal): Promise<number[][]> => runRanks<RankTask, number[]>({ module, world, size, task: { backend: 'wasm', steps: 20, fault: null, ...task }, ...(signal ? { signal } : {}) });

describe('ranks that train together', () => {
  it('have the same weights bit for bit, and those of one rank on all rows within rounding', async () => {
    const [[alone], together] = [await train(1), await train(3)];
    expect(together).toHaveLength(3);
    expect(together[1]).toEqual(together[0]);
    expect(together[2]).toEqual(together[0]);
    expect(alone).toHaveLength(size);
    for (const [i, weight] of alone.entries()) expect(Math.abs(together[0][i] - weight)).toBeLessThan(2e-6);
  }, 60_000);

  it('work on a backend without a heap of ours', async () => {
    const together = await train(2, { backend: 'cpu', steps: 5 });
    expect(together[1]).toEqual(together[0]);
  }, 60_000);

  it('all end when one throws, and say which', async () => {
    await expect(train(2, { fault: { rank: 1, step: 3, kind: 'throw' } })).rejects.toThrow('rank 1 failed: planted');
  }, 60_000);

  it('all end when the thread of one dies', async () => {
    await expect(train(2, { fault: { rank: 0, step: 2, kind: 'exit' } })).rejects.toThrow('expected rank 0 to answer, found that its thread ended with exit code 3');
  }, 60_000);

  it('never start when they were told to end before', async () => {
    await expect(train(2, { steps: 1e9 }, AbortSignal.abort(new Error('not at all')))).rejects.toThrow('not at all');
  });

  it('count by their weights', async () => {
    const weighted = await runRanks<RankTask, number[]>({ module, world: 2, size, task: { backend: 'wasm', steps: 5, fault: null, rows: [20, 4] } });
    const [alone] = await train(1, { steps: 5 });
    expect(weighted[1]).toEqual(weighted[0]);
    for (const [i, weight] of alone.entries()) expect(Math.abs(weighted[0][i] - weight)).toBeLessThan(2e-6);
  }, 60_000);

  it('end when they are told to', async () => {
    const abort = new AbortController();
    const running = train(2, { steps: 1e9 }, abort.signal);
    setTimeout(() => abort.abort(new Error('enough')), 1500);
    await expect(running).rejects.toThrow('enough');
  }, 60_000);
});
