import { availableParallelism } from 'node:os';

import type { LoadedConfig } from '../../config/load.js';
import { withSettings } from '../../config/overlay.js';
import type { EventStream } from '../../core/events.js';
import { createWorkerPool } from '../../core/worker-pool.js';
import type { Backtest } from '../backtest/backtest.js';
import type { Lab } from '../open.js';
import type { CrossFitEvent } from '../research/cross-fit.js';
import type { Scores } from '../research/scores.js';
import { gridPoints, type GridPoint } from './grid.js';
import { PointScores } from './point-scores.js';
import { judgePoint, runPoint, type TrialResult } from './run-point.js';
import { shareScores, type SharedScores } from './shared-scores.js';
import type { ConfigSource, ExperimentTasks } from './worker.js';

export type ExperimentEvent =
  | { readonly kind: 'plan'; readonly points: number; readonly threads: number }
  | { readonly kind: 'model'; readonly done: number; readonly count: number; readonly event: CrossFitEvent }
  | { readonly kind: 'trial'; readonly done: number; readonly count: number; readonly trial: TrialResult };

export interface ExperimentResult {
  readonly name: string;
  readonly describe: string;
  /** In the order of the grid. */
  readonly trials: readonly TrialResult[];
  /** The trial with the highest Sharpe ratio, judged after all others were recorded; what it owes to having been chosen is in its `luck`. */
  readonly best: Backtest;
  readonly bestValues: TrialResult['values'];
}

export interface ExperimentOptions {
  /** How the configuration was found, so that other threads find it too; `null`: all runs in this one. */
  readonly source: ConfigSource | null;
  readonly threads?: number;
  readonly signal?: AbortSignal;
}

/**
 * Runs every combination of an experiment: scores first, one model after the other as each takes all cores, then the backtests on all cores.
 *
 * Every combination is recorded as a trial. The result does not depend on the number of threads.
 */
export async function* runExperiment(lab: Lab, config: LoadedConfig, { source, threads = availableParallelism(), signal }: ExperimentOptions): EventStream<ExperimentEvent, ExperimentResult> {
  const { experiment: { name, describe, grid, seeds }, seed } = config.config;
  const points = gridPoints(grid, seeds.length === 0 ? [seed] : seeds);
  // a slip in the last combination is told before the first is fitted
  for (const { settings } of points) withSettings(config, settings, 'experiment.grid');
  const size = source === null ? 1 : Math.max(1, Math.min(threads, points.length));
  yield { kind: 'plan', points: points.length, threads: size };
  const scores: (Scores | null)[] = [];
  const models = new PointScores(lab, config);
  for (const [done, point] of points.entries()) {
    const fit = models.of(point, signal);
    let step = await fit.next();
    for (; !step.done; step = await fit.next()) yield { kind: 'model', done, count: points.length, event: step.value };
    scores.push(step.value);
  }
  const trials = yield* size === 1 ? inThisThread(lab, points, scores, signal) : inThreads(points, scores, { source: source!, size, signal });
  const best = trials.reduce((found, trial, at) => (sharpeOf(trial) > sharpeOf(trials[found]) ? at : found), 0);
  return { name, describe, trials, best: await judgePoint(lab, { settings: points[best].settings, scores: scores[best] }, signal), bestValues: points[best].values };
}

const sharpeOf = ({ figures }: TrialResult): number => figures.performance.sharpeRatio ?? -Infinity;

async function* inThisThread(lab: Lab, points: readonly GridPoint[], scores: readonly (Scores | null)[], signal: AbortSignal | undefined): EventStream<ExperimentEvent, TrialResult[]> {
  const trials: TrialResult[] = [];
  for (const [at, { values, settings }] of points.entries()) {
    const { id, figures } = await runPoint(lab, { settings, scores: scores[at] }, signal);
    trials.push({ id, values, figures });
    yield { kind: 'trial', done: trials.length, count: points.length, trial: trials[at] };
  }
  return trials;
}

interface ThreadOptions {
  readonly source: ConfigSource;
  readonly size: number;
  readonly signal: AbortSignal | undefined;
}

async function* inThreads(points: readonly GridPoint[], scores: readonly (Scores | null)[], { source, size, signal }: ThreadOptions): EventStream<ExperimentEvent, TrialResult[]> {
  await using pool = createWorkerPool<ExperimentTasks>({ module: new URL('./worker.js', import.meta.url), size });
  const shared = new Map<Scores, SharedScores>();
  const share = (one: Scores | null): SharedScores | null => {
    if (one === null) return null;
    if (!shared.has(one)) shared.set(one, shareScores(one));
    return shared.get(one)!;
  };
  const trials: TrialResult[] = [];
  const running = new Map<number, Promise<{ readonly at: number; readonly trial: TrialResult }>>();
  points.forEach(({ values, settings }, at) => running.set(at, pool.run('point', { source, values, settings, scores: share(scores[at]) }, { signal }).then((trial) => ({ at, trial }))));
  for (const one of running.values()) one.catch(() => undefined); // told by the one that is waited for
  while (running.size > 0) {
    const { at, trial } = await Promise.race(running.values());
    running.delete(at);
    trials[at] = trial;
    yield { kind: 'trial', done: points.length - running.size, count: points.length, trial };
  }
  return trials;
}
