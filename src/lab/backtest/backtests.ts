import { join } from 'node:path';

import type { BacktestFigures } from '../../backtest/backtest-figures.js';
import type { BacktestRun } from '../../backtest/backtest-run.js';
import { figuresOfRun } from '../../backtest/figures-of-run.js';
import { codeFingerprint } from '../../core/code-fingerprint.js';
import { fromEpochDay } from '../../core/dates.js';
import { ConfigError } from '../../core/errors.js';
import { hashJson, hashParts } from '../../core/hash.js';
import { requireKnownOptions } from '../../core/known-options.js';
import { createRng } from '../../core/rng.js';
import { marketDataHash } from '../../data/market.js';
import { MarketSeries, type MarketSeriesRequest } from '../../data/market-series.js';
import { judgeLuck } from '../../evaluation/luck/judge-luck.js';
import type { Luck, Trial } from '../../evaluation/luck/luck.js';
import { sharpeOf } from '../../evaluation/overfitting/sharpe-sample.js';
import type { NamedReturns } from '../../report/backtest/report-input.js';
import type { Strategy } from '../../strategy/strategy.js';
import { requireExperimentName } from '../../tracking/check-names.js';
import type { TrackedRun, Tracker } from '../../tracking/tracker.js';
import { BACKTEST_OPTIONS, type BacktestOptions } from './backtest-options.js';
import { Backtest } from './backtest.js';
import type { Job, JobParts } from './job.js';
import { keptBacktests, type KeptBacktests } from './kept-backtests.js';
import { mainFigures } from './main-figures.js';
import { ownStrategy, type StrategyPlan, type TargetsPlan } from './plan.js';
import { returnsTable } from './returns-table.js';
import { evaluateTraded } from './score-evaluation.js';
import { strategyJob } from './strategy-job.js';
import type { Surroundings } from './surroundings.js';
import { targetsJob } from './targets-job.js';
import { BACKTEST_KEY, otherTrials } from './trials.js';

/** What can be backtested. */
export type Backtested = StrategyPlan | TargetsPlan | Strategy;

/** Backtests of a lab: what was run is kept, what was tried is recorded and counted. */
export class Backtests {
  readonly #parts: JobParts & { readonly tracker: Tracker };
  readonly #kept: KeptBacktests;
  #read: { readonly key: string; readonly series: MarketSeries } | null = null;

  constructor(parts: JobParts & { readonly tracker: Tracker }) {
    this.#parts = parts;
    this.#kept = keptBacktests(join(parts.config.paths.runs, 'backtests'));
  }

  async run(given: Backtested, options: BacktestOptions): Promise<Backtest> {
    const { job, run, around, benchmark, figures, recorded, experiment } = await this.#carriedOut(given, options);
    const { name, params, seed, config: { config } } = job;
    const luck = await this.#judge({ run, benchmark, around, experiment, id: recorded.id, name, seed });
    await finish(recorded, { run, figures, luck, benchmark });
    const traded = 'scores' in job.plan ? job.plan.scores : null;
    const caveats = [...job.caveats, ...this.#parts.reference.caveats];
    return new Backtest({ id: recorded.id, name, plan: job.plan, describe: job.describe, run, figures, luck, benchmark, params, seed, experiment, costs: config.portfolio.costs, caveats, around, scores: traded === null ? null : evaluateTraded(traded, around, run.sessions) });
  }

  /** The same without judging what of it is luck: of many that are tried that is asked of the one that is chosen, once all are recorded. */
  async tryOut(given: Backtested, options: BacktestOptions): Promise<Pick<Backtest, 'id' | 'figures'>> {
    const { run, benchmark, figures, recorded } = await this.#carriedOut(given, options);
    await finish(recorded, { run, figures, luck: null, benchmark });
    return { id: recorded.id, figures };
  }

  /** Run, or read where it is kept, and begun to be recorded. */
  async #carriedOut(given: Backtested, options: BacktestOptions): Promise<CarriedOut> {
    requirePlan(given);
    requireKnownOptions(options, BACKTEST_OPTIONS, 'lab.backtest');
    const { experiment = 'lab' } = options;
    requireExperimentName(experiment);
    const job = await this.#jobOf(given, options);
    const { run, key } = await this.#result(job, options.fresh === true);
    const { config: { config }, name, params, seed } = job;
    const asked = options.benchmark === undefined ? config.features.benchmark : options.benchmark;
    const around = await job.surroundings(asked ?? 'members');
    const benchmark = asked === null ? null : around.benchmark(run.sessions, asked);
    const figures = figuresOfRun(run, { benchmark: benchmark?.returns ?? null, tradedValue: (symbol, session) => around.tradedValue(symbol, session) });
    const recorded = await this.#parts.tracker.start({ experiment, name, params, seed, data: { ...job.origin, [BACKTEST_KEY]: key }, code: await codeFingerprint() });
    return { job, run, around, benchmark, figures, recorded, experiment };
  }

  #jobOf(given: Backtested, options: BacktestOptions): Promise<Job> {
    if ('weights' in given) return targetsJob(given, options, this.#parts);
    return strategyJob('decide' in given ? ownStrategy(given) : given, options, { ...this.#parts, readMarkets: (request) => this.#markets(request) });
  }

  /** The last reading serves as long as the same is asked: combinations of a grid read the same bars. */
  async #markets(request: MarketSeriesRequest): Promise<MarketSeries> {
    const key = hashJson({ request, data: marketDataHash(await this.#parts.store.manifest()) });
    if (this.#read?.key !== key) this.#read = { key, series: await MarketSeries.read(this.#parts.store, request) };
    return this.#read.series;
  }

  /** Read when the very same was run before, else run. */
  async #result(job: Job, isFresh: boolean): Promise<{ readonly run: BacktestRun; readonly key: string }> {
    const { params, seed, origin, isKnownByName } = job;
    const identity = hashJson({ kind: 'backtest', params, seed, origin, code: await codeFingerprint() });
    const before = isKnownByName && !isFresh ? await this.#kept.read(identity) : undefined;
    const run = before ?? (await job.run());
    const key = isKnownByName ? identity : hashJson({ identity, outcome: hashParts([run.equity, JSON.stringify(run.orders)]) });
    if (before === undefined) await this.#kept.keep(key, run);
    return { run, key };
  }

  async #judge({ run, benchmark, around, experiment, id, name, seed }: { readonly run: BacktestRun; readonly benchmark: NamedReturns | null; readonly around: Surroundings; readonly experiment: string; readonly id: string; readonly name: string; readonly seed: number }): Promise<Luck> {
    const own: Trial = { id, name: `${name} ${id.slice(0, 6)}`, sharpe: sharpeOf(run.returns), returns: run.returns };
    const others = await otherTrials({ tracker: this.#parts.tracker, kept: this.#kept, experiment, own: id, sessions: run.sessions });
    return judgeLuck({ returns: run.returns, own: id, trials: [...others, own], benchmark, trades: around.tradeSpans(run.trades), tradeReturns: contributions(run), rng: createRng(seed).fork('luck') });
  }
}

/** A run before it is judged. */
interface CarriedOut {
  readonly job: Job;
  readonly run: BacktestRun;
  readonly around: Surroundings;
  readonly benchmark: NamedReturns | null;
  readonly figures: BacktestFigures;
  readonly recorded: TrackedRun;
  readonly experiment: string;
}

async function finish(recorded: TrackedRun, { run, figures, luck, benchmark }: Pick<CarriedOut, 'run' | 'figures' | 'benchmark'> & { readonly luck: Luck | null }): Promise<void> {
  await recorded.logMetrics(mainFigures(figures, luck, sharpeOf(run.returns)));
  await recorded.logArtifact('returns.csv', returnsTable(run, benchmark));
  await recorded.end('finished');
}

/** What each trade gave to the whole book: profit over the equity of the close before its exit. [trade] */
function contributions({ trades, sessions, equity }: BacktestRun): number[] {
  const position = new Map(Array.from(sessions, (day, t) => [fromEpochDay(day), t]));
  return trades.map(({ proceeds, cost, exitSession }) => (proceeds - cost) / equity[Math.max(0, (position.get(exitSession) ?? 0) - 1)]);
}

/** In a notebook nobody checks types. */
function requirePlan(given: unknown): void {
  if (typeof given === 'object' && given !== null && ('decide' in given || 'scores' in given || 'weights' in given)) return;
  throw new ConfigError(`expected a strategy such as priority(scores, { top: 20 }), weights, or an object with decide(view, book), found ${given === null ? 'null' : typeof given} in lab.backtest`, { code: 'NO_STRATEGY' });
}
