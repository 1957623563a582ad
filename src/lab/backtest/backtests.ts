import { join } from 'node:path';

import type { BacktestRun } from '../../backtest/backtest-run.js';
import { figuresOfRun } from '../../backtest/figures-of-run.js';
import { runBacktest } from '../../backtest/run-backtest.js';
import type { LoadedConfig } from '../../config/load.js';
import { withSettings, type SettingsOverlay } from '../../config/overlay.js';
import { codeFingerprint } from '../../core/code-fingerprint.js';
import { isoDate } from '../../core/dates.js';
import { ConfigError } from '../../core/errors.js';
import { hashJson, hashParts } from '../../core/hash.js';
import { requireKnownOptions } from '../../core/known-options.js';
import { createRng } from '../../core/rng.js';
import { marketDataHash } from '../../data/market.js';
import { MarketSeries, type MarketSeriesRequest } from '../../data/market-series.js';
import type { Store } from '../../data/store/store.js';
import type { Luck, Trial } from '../../evaluation/luck/luck.js';
import { judgeLuck } from '../../evaluation/luck/judge-luck.js';
import { sharpeOf } from '../../evaluation/overfitting/sharpe-sample.js';
import { openBook } from '../../portfolio/book.js';
import type { NamedReturns } from '../../report/backtest/report-input.js';
import { createStrategy } from '../../strategy/registry.js';
import type { SessionResult } from '../../strategy/run-session.js';
import type { Strategy } from '../../strategy/strategy.js';
import { requireExperimentName } from '../../tracking/check-names.js';
import type { Tracker } from '../../tracking/tracker.js';
import { bookSessions } from '../book-sessions.js';
import { NO_FORECASTS, type ForecastSource } from '../forecasts/forecast-source.js';
import { scoreForecasts } from '../forecasts/score-table.js';
import { storedModelForecasts } from '../forecasts/stored-models.js';
import type { ResearchReference } from '../research/research.js';
import { sessionRules } from '../session-rules.js';
import { Backtest } from './backtest.js';
import { keptBacktests, type KeptBacktests } from './kept-backtests.js';
import { mainFigures } from './main-figures.js';
import { paramsOf } from './params.js';
import { ownStrategy, settingsOf, type StrategyPlan } from './plan.js';
import { returnsTable } from './returns-table.js';
import { tradingSettings, type TradingOptions } from './settings.js';
import { spanOf, type Span, type SpanRequest } from './span.js';
import { Surroundings } from './surroundings.js';
import { BACKTEST_KEY, otherTrials } from './trials.js';

export interface BacktestOptions extends TradingOptions, SpanRequest {
  /** As the run is listed; the strategy's own when absent. */
  readonly name?: string;
  /** `members`: the mean of the universe; an instrument of the store, e.g. SPY; `null`: nothing. The configured `features.benchmark` when absent. */
  readonly benchmark?: string | null;
  /** Runs that this one is compared with, and that are counted as tries; `lab` when absent. */
  readonly experiment?: string;
  /** Further settings of the configuration. */
  readonly settings?: SettingsOverlay;
  /** Run again what is kept already. */
  readonly fresh?: boolean;
  /** Told of each session when it is over. */
  readonly onSession?: (result: SessionResult) => void;
  readonly signal?: AbortSignal;
}

const OPTIONS = ['name', 'start', 'end', 'costs', 'rules', 'brackets', 'cash', 'benchmark', 'experiment', 'settings', 'fresh', 'onSession', 'signal'];

interface BacktestsParts {
  readonly config: LoadedConfig;
  readonly store: Store;
  readonly tracker: Tracker;
  readonly reference: ResearchReference;
}

/** One backtest as it is to be run: everything that its result rests on. */
interface Job {
  readonly plan: StrategyPlan;
  readonly config: LoadedConfig;
  readonly strategy: Strategy;
  readonly span: Span;
  readonly markets: MarketSeries;
  readonly options: BacktestOptions;
}

/** Backtests of a lab: what was run is kept, what was tried is recorded and counted. */
export class Backtests {
  readonly #parts: BacktestsParts;
  readonly #kept: KeptBacktests;
  #read: { readonly key: string; readonly series: MarketSeries } | null = null;

  constructor(parts: BacktestsParts) {
    this.#parts = parts;
    this.#kept = keptBacktests(join(parts.config.paths.runs, 'backtests'));
  }

  async run(given: StrategyPlan | Strategy, options: BacktestOptions): Promise<Backtest> {
    requireKnownOptions(options, OPTIONS, 'lab.backtest');
    const { experiment = 'lab' } = options;
    requireExperimentName(experiment);
    const job = await this.#prepare('decide' in given ? ownStrategy(given) : given, options);
    const { run, key, params, seed, data } = await this.#result(job);
    const { config: { config }, plan, strategy, markets } = job;
    const asked = options.benchmark === undefined ? config.features.benchmark : options.benchmark;
    const around = await Surroundings.read(this.#parts.store, { markets, benchmark: asked ?? 'members', policies: config.data.quality });
    const benchmark = asked === null ? null : around.benchmark(run.sessions, asked);
    const figures = figuresOfRun(run, { benchmark: benchmark?.returns ?? null, tradedValue: (symbol, session) => around.tradedValue(symbol, session) });
    const name = options.name ?? strategy.name;
    const recorded = await this.#parts.tracker.start({ experiment, name, params, seed, data, code: await codeFingerprint() });
    const luck = await this.#judge({ run, benchmark, around, experiment, id: recorded.id, name, seed });
    await recorded.logMetrics(mainFigures(figures, luck, sharpeOf(run.returns)));
    await recorded.logArtifact('returns.csv', returnsTable(run, benchmark));
    await recorded.end('finished');
    return new Backtest({ id: recorded.id, key, name, plan, describe: strategy.describe, run, figures, luck, benchmark, params, seed, experiment, costs: config.portfolio.costs, caveats: this.#parts.reference.caveats, around });
  }

  async #prepare(plan: StrategyPlan, options: BacktestOptions): Promise<Job> {
    const overlaid = withSettings(this.#parts.config, settingsOf(plan), 'the strategy given to lab.backtest');
    const config = withSettings(withSettings(overlaid, options.settings ?? {}, 'settings of lab.backtest'), tradingSettings(options), 'options of lab.backtest');
    const { data, strategy: settings } = config.config;
    const strategy = 'own' in plan ? plan.own : createStrategy(settings);
    const entry = await this.#parts.store.entry('bars');
    const span = spanOf(plan, strategy, options, { from: isoDate(entry!.firstDate!), to: isoDate(entry!.lastDate!) });
    const markets = await this.#markets({ ...span, history: Math.max(data.history, strategy.lookback), universe: data.universe, policies: data.quality, ...(data.symbols ? { symbols: data.symbols } : {}) });
    return { plan, config, strategy, span, markets, options };
  }

  /** The last reading serves as long as the same is asked: combinations of a grid read the same bars. */
  async #markets(request: MarketSeriesRequest): Promise<MarketSeries> {
    const key = hashJson({ request, data: marketDataHash(await this.#parts.store.manifest()) });
    if (this.#read?.key !== key) this.#read = { key, series: await MarketSeries.read(this.#parts.store, request) };
    return this.#read.series;
  }

  /** Read when the very same was run before, else run. */
  async #result(job: Job): Promise<{ readonly run: BacktestRun; readonly key: string; readonly params: ReturnType<typeof paramsOf>; readonly seed: number; readonly data: Readonly<Record<string, string>> }> {
    const { plan, config: { config }, strategy, span, options } = job;
    const params = paramsOf({ plan, config, strategy, span });
    const seed = plan.scores?.seed ?? config.seed;
    const { paths: _, ...settings } = config;
    const market = marketDataHash(await this.#parts.store.manifest());
    const origin = { market, ...(plan.scores === null ? {} : { scores: plan.scores.key }), settings: hashJson({ data: settings.data, features: settings.features, portfolio: settings.portfolio, strategy: 'own' in plan ? null : settings.strategy[plan.name], forecast: plan.scores === null ? settings.forecast : null }) };
    const identity = hashJson({ kind: 'backtest', params, seed, origin, code: await codeFingerprint() });
    // what a user wrote may change while its name stays, and so may the models of a project: then only the result itself tells
    const isKept = plan.scores !== null ? !('own' in plan) : !('own' in plan) && plan.name !== 'priority';
    const before = isKept && options.fresh !== true ? await this.#kept.read(identity) : undefined;
    const run = before ?? (await this.#run(job));
    const key = isKept ? identity : hashJson({ identity, outcome: hashParts([run.equity, JSON.stringify(run.orders)]) });
    if (before === undefined) await this.#kept.keep(key, run);
    return { run, key, params, seed, data: { ...origin, [BACKTEST_KEY]: key } };
  }

  #run({ plan, config, strategy, span: { from, to }, markets, options: { onSession, signal } }: Job): Promise<BacktestRun> {
    const sessions = bookSessions({ store: this.#parts.store, config, markets, strategy, source: sourceOf(plan, config), held: [] }, from, to);
    const rules = sessionRules(config.config, { asOf: to, ...markets.names }, strategy);
    return runBacktest(sessions, openBook(config.config.portfolio.initialCash), rules, (result) => {
      signal?.throwIfAborted();
      onSession?.(result);
    });
  }

  async #judge({ run, benchmark, around, experiment, id, name, seed }: { readonly run: BacktestRun; readonly benchmark: NamedReturns | null; readonly around: Surroundings; readonly experiment: string; readonly id: string; readonly name: string; readonly seed: number }): Promise<Luck> {
    const own: Trial = { id, name: `${name} ${id.slice(0, 6)}`, sharpe: sharpeOf(run.returns), returns: run.returns };
    const others = await otherTrials({ tracker: this.#parts.tracker, kept: this.#kept, experiment, own: id, sessions: run.sessions });
    return judgeLuck({ returns: run.returns, own: id, trials: [...others, own], benchmark, trades: around.tradeSpans(run.trades), tradeReturns: run.trades.map((trade) => trade.return), rng: createRng(seed).fork('luck') });
  }
}

function sourceOf(plan: StrategyPlan, config: LoadedConfig): ForecastSource {
  if (plan.scores !== null) return scoreForecasts(plan.scores);
  if ('own' in plan || plan.name === 'momentum') return NO_FORECASTS;
  return storedModelForecasts(config, config.config.strategy[plan.name].horizon);
}

/** @throws ConfigError when a plan is none */
export function requirePlan(given: unknown, where: string): void {
  if (typeof given === 'object' && given !== null && ('decide' in given || 'scores' in given)) return;
  throw new ConfigError(`expected a strategy such as priority(scores, { top: 20 }) or an object with decide(view, book), found ${given === null ? 'null' : typeof given} in ${where}`, { code: 'NO_STRATEGY' });
}

