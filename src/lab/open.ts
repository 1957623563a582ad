import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

import type { BookRun } from '../backtest/run-book.js';
import { loadConfig, type LoadedConfig } from '../config/load.js';
import { systemClock, type Clock } from '../core/clock.js';
import { isoDate, type IsoDate } from '../core/dates.js';
import { ConfigError } from '../core/errors.js';
import type { EventStream } from '../core/events.js';
import { requireKnownOptions } from '../core/known-options.js';
import { readCheckedBars } from '../data/checked-bars.js';
import { loadMarket, type Market } from '../data/market.js';
import type { QualityFinding } from '../data/quality/finding.js';
import { readCompanies, type Company } from '../data/reference.js';
import { Store } from '../data/store/store.js';
import { readUniverse, type Universe } from '../data/universe.js';
import type { FeatureInputs } from '../features/compute/feature-inputs.js';
import { computeFeaturesInParallel } from '../features/compute/parallel.js';
import type { Feature } from '../features/feature.js';
import { FEATURES } from '../features/registry.js';
import { resolveFeatures } from '../features/sets.js';
import type { Labels } from '../dataset/labels/labels.js';
import type { DatasetTables } from '../dataset/samples-of.js';
import type { Splitter } from '../dataset/split/splitter.js';
import type { Forecaster } from '../models/forecaster.js';
import type { RecommendationDocument } from '../recommendation/recommendation.js';
import type { Panel } from '../table/panel.js';
import type { MlflowMirror } from '../tracking/mlflow/mirror.js';
import { openTracking } from '../tracking/open-tracking.js';
import type { Tracker } from '../tracking/tracker.js';
import { Audits } from './audits/audits.js';
import type { Backtest } from './backtest/backtest.js';
import type { BacktestOptions } from './backtest/backtest-options.js';
import { Backtests, type Backtested } from './backtest/backtests.js';
import type { StrategyPlan, TargetsPlan } from './backtest/plan.js';
import { BUILT_IN_DATA } from './built-in-data.js';
import { prepareData } from './data-source.js';
import { inputSettings, readFeatureInputs } from './feature-inputs.js';
import { readsMembers, withMembers } from './market-context.js';
import { openChainStore } from './options/chain-store.js';
import { OptionsReport } from './options/options-report.js';
import { readChainView } from './options/read-chain-view.js';
import { recommendEvening } from './recommend.js';
import { replay } from './replay.js';
import type { CrossFitEvent } from './research/cross-fit.js';
import type { Evaluation } from './research/evaluation.js';
import type { LabelOptions } from './research/lab-labels.js';
import { readReference, Research, type CrossFitSettings, type EvaluateSettings, type ResearchReference } from './research/research.js';
import type { Scores } from './research/scores.js';

export interface OpenOptions {
  /** `sample`: the bundled sample; `synthetic`: a made-up market of the seed, in a place of its own; a project folder or its config.yaml; absent: the configuration found from here upwards. */
  readonly data?: string;
  /** Of everything random; for `synthetic`, of the market too. */
  readonly seed?: number;
  /** Settings as `a.b=c`, over the file's. */
  readonly set?: readonly string[];
  readonly cwd?: string;
  readonly clock?: Clock;
}

export interface PanelRequest {
  /** Members of this universe at some time in the span; the configured one when absent. */
  readonly universe?: string;
  /** Instead of a universe. */
  readonly symbols?: readonly string[];
  /** yyyy-mm-dd, inclusive; the span of the store when absent. */
  readonly start?: string;
  readonly end?: string;
}

export interface LabParts {
  readonly config: LoadedConfig;
  readonly store: Store;
  readonly clock: Clock;
  /** What labels need and never wait for. */
  readonly reference: ResearchReference;
  /** Where address and login of an MLflow server are looked for; the process's own when absent. */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * A place to work in: store, configuration and everything that is computed from them.
 *
 * The parts are those of the daily run; only the way in differs.
 */
export class Lab {
  readonly config: LoadedConfig;
  readonly store: Store;
  /** Runs that were evaluated here. */
  readonly tracker: Tracker;
  /** Copies them, and trained models, to an MLflow server; `null` where none is set. */
  readonly mirror: MlflowMirror | null;
  /** Looks for values that nobody could have had: `lab.audit.lookahead()`, `.warmup()`, `.leakage()`. */
  readonly audit: Audits<Lab>;
  readonly #clock: Clock;
  readonly #research: Research;
  readonly #backtests: Backtests;

  constructor({ config, store, clock, reference, env = process.env }: LabParts) {
    this.config = config;
    this.store = store;
    this.#clock = clock;
    const { tracker, mirror } = openTracking({ folder: join(config.paths.runs, 'tracking'), clock, settings: config.config.tracking, env, onProblem: (message) => process.emitWarning(message) });
    this.tracker = tracker;
    this.mirror = mirror;
    mirror?.watch();
    this.audit = new Audits<Lab>(this, (parts) => new Lab(parts));
    this.#research = new Research({ config, store, tracker: this.tracker, reference });
    this.#backtests = new Backtests({ config, store, tracker: this.tracker, reference });
  }

  /** Total-return bars on the basis of their last session, checked and masked by the quality rules; [symbol, session]. */
  async panel(request: PanelRequest = {}): Promise<Panel> {
    requireKnownOptions(request, ['universe', 'symbols', 'start', 'end'], 'lab.panel');
    const entry = await this.store.entry('bars');
    const last = isoDate(entry!.lastDate!);
    const asked = request.end === undefined ? last : isoDate(request.end, 'panel end');
    const end = asked > last ? last : asked; // nothing is known of later sessions, not even that they were sessions
    const start = request.start === undefined ? isoDate(entry!.firstDate!) : isoDate(request.start, 'panel start');
    if (start > end) throw new ConfigError(`expected a start on or before the end ${end}, found ${start} in lab.panel`, { code: 'BAD_SPAN', fields: { start, end } });
    const universe = await this.universe(request.universe);
    const wanted = request.symbols ? { symbols: request.symbols } : { symbols: universe.membersDuring(start, end), allowMissing: true };
    const span = { ...wanted, start, end };
    return this.#research.bars({ universe, request: span }, async () => (await readCheckedBars(this.store, span, this.config.config.data.quality)).bars);
  }

  /** Who was in an index when. */
  universe(name: string = this.config.config.data.universe): Promise<Universe> {
    return readUniverse(this.store, name);
  }

  /** Names and last-known sectors by instrument. */
  companies(): Promise<ReadonlyMap<string, Company>> {
    return readCompanies(this.store);
  }

  /**
   * Features over the bars of a panel, Float32 [symbol, session]: names of features, families or sets of the configuration, or
   * features of your own; all but Alpha158 when absent.
   *
   * Besides the bars it reads what the store held at the decision time of their last session: membership, sectors, macro series,
   * filings, reports, and, where a feature compares with others, the bars of the other members. Lookbacks count from the panel's start.
   * Members are those of the universe that the panel was read for, else of the configured one.
   * @throws ConfigError naming the nearest names for one that is unknown
   */
  async features(bars: Panel, wanted: readonly (string | Feature)[] = ['core'], { universe, signal }: { readonly universe?: string; readonly signal?: AbortSignal } = {}): Promise<Panel> {
    const features = this.#resolve(wanted);
    const among = universe ?? this.#research.universeOf(bars) ?? this.config.config.data.universe;
    return this.#research.features(bars, { features, universe: among }, async () => {
      const inputs = await this.featureInputs(bars, features, { universe: among });
      return computeFeaturesInParallel(inputs, features, { threads: availableParallelism(), symbols: bars.symbols, ...(signal ? { signal } : {}) });
    });
  }

  /**
   * What is to be foretold of the bars of a panel: returns from the next open to the open `horizon` sessions later, as they are,
   * net of the market or the sector, as ranks, or which of two barriers is met first. Only members of the universe that the
   * panel was read for, else of the configured one, have labels. The last `horizon` + 1 sessions have none yet.
   * @throws ConfigError for an option that does not exist
   */
  labels(bars: Panel, options: LabelOptions): Labels {
    return this.#research.labels(bars, options);
  }

  /**
   * Scores of sessions that their models had not learnt from: fits the forecaster on the training sessions of each fold and
   * foretells its test sessions, purged by the span of the labels. Kept by content: the same again is read, not computed.
   */
  // eslint-disable-next-line max-params -- what is fitted reads as a sentence; only the settings are optional
  async crossFit(forecaster: Forecaster, features: Panel, labels: Labels, splitter: Splitter, options: CrossFitSettings = {}): Promise<Scores> {
    const { onEvent, ...settings } = options;
    const stream = this.crossFitEvents(forecaster, { features, labels }, splitter, settings);
    for (;;) {
      const step = await stream.next();
      if (step.done) return step.value;
      onEvent?.(step.value);
    }
  }

  /** The same, with what happens meanwhile. */
  crossFitEvents(forecaster: Forecaster, tables: DatasetTables, splitter: Splitter, settings: Omit<CrossFitSettings, 'onEvent'> = {}): EventStream<CrossFitEvent, Scores> {
    return this.#research.crossFit(forecaster, tables, splitter, settings);
  }

  /** What scores were worth against labels; recorded as a trial of its experiment. */
  evaluate(scores: Scores, labels: Labels, options: EvaluateSettings = {}): Evaluation {
    return this.#research.evaluate(scores, labels, options);
  }

  /** Waits until everything that was evaluated is recorded and, but not long, until an MLflow server that is set has it too. */
  async recorded(): Promise<void> {
    await this.#research.recorded();
    await this.mirror?.settle();
  }

  /** What features are computed from, beside the bars of a panel: for `computeFeatures` and `checkLaws`. */
  async featureInputs(bars: Panel, wanted: readonly (string | Feature)[], { universe: name }: { readonly universe?: string } = {}): Promise<FeatureInputs> {
    const features = this.#resolve(wanted);
    const policies = this.config.config.data.quality;
    const universe = await this.universe(name ?? this.#research.universeOf(bars) ?? undefined);
    const everyone = readsMembers(features) ? await withMembers(this.store, bars, { universe, policies }) : bars;
    return readFeatureInputs(this.store, { bars: everyone, universe, features, ...inputSettings(this.config.config) });
  }

  #resolve(wanted: readonly (string | Feature)[]): Feature[] {
    if (typeof wanted === 'string') throw new ConfigError(`expected a list of features or names, found ${JSON.stringify(wanted)}`, { code: 'NOT_A_LIST' });
    const names = wanted.filter((one) => typeof one === 'string');
    return [...resolveFeatures(names, FEATURES, this.config.config.features.sets), ...wanted.filter((one) => typeof one !== 'string')];
  }

  /** What the quality rules find in all stored bars. */
  async quality(): Promise<readonly QualityFinding[]> {
    return (await readCheckedBars(this.store, {}, this.config.config.data.quality)).findings;
  }

  /** Everything about prices and membership that is known at a session. */
  async market(asOf?: string): Promise<Market> {
    const { history, universe, symbols, quality } = this.config.config.data;
    return loadMarket(this.store, { asOf: await this.#session(asOf), history, universe, policies: quality, ...(symbols ? { symbols } : {}) });
  }

  /**
   * What `swing daily` would recommend at a session, with the paper book as it stood before; nothing is kept. A strategy in place of the
   * configured one decides on its scores of that session.
   */
  async recommend(options: { readonly asOf?: string; readonly strategy?: StrategyPlan | TargetsPlan } = {}): Promise<RecommendationDocument> {
    requireKnownOptions(options, ['asOf', 'strategy'], 'lab.recommend');
    const { strategy: plan = null } = options;
    if (plan !== null && 'weights' in plan) throw new ConfigError('expected a strategy that decides evening by evening, found a matrix of weights in lab.recommend', { code: 'NO_STRATEGY' });
    return recommendEvening(this.store, this.config, await this.#session(options.asOf), plan);
  }

  /**
   * The options of an underlying at the close of a session, the last with a chain when absent: exposure, open interest, volatility, features,
   * signals; of the bundled chains where the store has none.
   * @throws ConfigError naming the underlyings that have chains, or the nearest sessions
   */
  async options(underlying: string, options: { readonly asOf?: string } = {}): Promise<OptionsReport> {
    requireKnownOptions(options, ['asOf'], 'lab.options');
    const { config } = this.config;
    const asOf = options.asOf === undefined ? {} : { asOf: isoDate(options.asOf, 'asOf') };
    const { store, isSample } = await openChainStore(this.config, { clock: this.#clock });
    return new OptionsReport(await readChainView(store, { underlying, settings: config.options, policies: config.data.quality, isSample, ...asOf }));
  }

  /**
   * What a strategy would have done over a span of sessions, each by the code of `swing daily`: decided on what was known at a close, filled
   * from the next open on, after costs. The very same again is read, not run; every configuration is recorded as a trial and counted.
   * @param strategy `priority(scores, …)`, `momentum(…)`, an object with `decide(view, book)`, or `targetWeights(bars, weights)`
   */
  async backtest(strategy: Backtested, options: BacktestOptions = {}): Promise<Backtest> {
    await this.#research.recorded(); // what was evaluated before this counts
    return this.#backtests.run(strategy, options);
  }

  /**
   * What `backtest` does and records, without judging how much of it is luck, which takes the longer the more was tried: for combinations of which
   * one is chosen, and given to `backtest` once all are recorded.
   */
  async tryOut(strategy: Backtested, options: BacktestOptions = {}): Promise<Pick<Backtest, 'id' | 'figures'>> {
    await this.#research.recorded();
    return this.#backtests.tryOut(strategy, options);
  }

  /**
   * The paper book of the configured strategy, risk rules and costs from `since` to `until` (the last session with data when absent) in one pass,
   * started with the configured cash; nothing is kept. Every session needs a trained model that was usable then.
   */
  async replay({ since, until }: { readonly since: string; readonly until?: string }): Promise<BookRun> {
    return replay(this.store, this.config, { from: isoDate(since, 'replay since'), to: await this.#session(until) });
  }

  async #session(asOf: string | undefined): Promise<IsoDate> {
    return isoDate(asOf ?? (await this.store.entry('bars'))!.lastDate!, 'asOf');
  }
}

/** Opens a lab and sees that its data is there. */
export async function open(options: OpenOptions = {}): Promise<Lab> {
  const cwd = options.cwd ?? process.cwd();
  const overrides = [...(BUILT_IN.get(options.data ?? '') ?? []), ...(options.set ?? []), ...(options.seed === undefined ? [] : [`seed=${options.seed}`, ...(options.data === 'synthetic' ? [`data.synthetic.seed=${options.seed}`] : [])])];
  if (options.data !== undefined && !BUILT_IN.has(options.data) && !existsSync(resolve(cwd, options.data))) throw new ConfigError(`expected "sample", "synthetic", a project folder or its config.yaml, found nothing at "${options.data}"; swing init makes a project`, { code: 'NO_PROJECT', fields: { data: options.data } });
  const config = await loadConfig({ overrides, ...place(options.data, cwd) });
  return openConfigured(config, { clock: options.clock ?? systemClock });
}

/** The lab of a configuration that is loaded already. */
export async function openConfigured(config: LoadedConfig, options: { readonly clock: Clock; readonly signal?: AbortSignal; readonly env?: NodeJS.ProcessEnv }): Promise<Lab> {
  const store = await Store.open(config.paths.store);
  await prepareData(store, config.config.data, { ...options, root: config.root });
  return new Lab({ config, store, clock: options.clock, reference: await readReference(store, config.config.data.universe), ...(options.env ? { env: options.env } : {}) });
}

const BUILT_IN: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(BUILT_IN_DATA));

/** Where the configuration is looked for; built-in data needs none. */
function place(data: string | undefined, cwd: string): { cwd: string; file?: string | null } {
  if (data === undefined) return { cwd };
  if (BUILT_IN.has(data)) return { cwd, file: null };
  const path = isAbsolute(data) ? data : resolve(cwd, data);
  return path.endsWith('.yaml') || path.endsWith('.yml') ? { cwd, file: path } : { cwd: path };
}
