import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { codeFingerprint } from '../../core/code-fingerprint.js';
import { isBuiltIn } from '../../core/built-in.js';
import type { EventStream } from '../../core/events.js';
import { hashJson, hashParts } from '../../core/hash.js';
import { requireKnownOptions } from '../../core/known-options.js';
import type { LoadedConfig } from '../../config/load.js';
import { marketDataHash, membershipTable } from '../../data/market.js';
import { readSectors } from '../../data/reference.js';
import type { Store } from '../../data/store/store.js';
import { readUniverse, type Universe } from '../../data/universe.js';
import type { Labels } from '../../dataset/labels/labels.js';
import { requireSameAxes } from '../../dataset/same-axes.js';
import type { DatasetTables } from '../../dataset/samples-of.js';
import type { Splitter } from '../../dataset/split/splitter.js';
import type { Feature } from '../../features/feature.js';
import { FEATURES } from '../../features/registry.js';
import type { Forecaster } from '../../models/forecaster.js';
import type { Normalization } from '../../models/normalization.js';
import type { Panel } from '../../table/panel.js';
import { requireExperimentName } from '../../tracking/check-names.js';
import type { Tracker } from '../../tracking/tracker.js';
import { panelKey, rememberPanel } from '../result-cache/panel-identity.js';
import { resultCache, type ResultCache } from '../result-cache/result-cache.js';
import { crossFit, ownFeatures, type CrossFitEvent } from './cross-fit.js';
import { Evaluation } from './evaluation.js';
import { evaluatePanel, evaluationKey, mainFigures, type EvaluateOptions } from './evaluate-panel.js';
import { flatParams } from './flat-params.js';
import { keptEvaluations, type KeptEvaluations } from './kept-evaluations.js';
import { makeLabels, type LabelOptions } from './lab-labels.js';
import { requireNoLeak } from './leak-guard.js';
import type { FoldSummary, Scores } from './scores.js';

/** What is read once when a lab opens. */
export interface ResearchReference {
  /** The configured universe; `null` where the store has no memberships. */
  readonly universe: Universe | null;
  /** Last known, not point in time. */
  readonly sectors: ReadonlyMap<string, string>;
  /** What a reader must know of the data, whom it covers. */
  readonly caveats: readonly string[];
}

export async function readReference(store: Store, universe: string): Promise<ResearchReference> {
  const { datasets } = await store.manifest();
  return { universe: datasets['membership'] ? await readUniverse(store, universe) : null, sectors: await readSectors(store), caveats: [...(datasets['bars']?.notes ?? []), 'Sectors are last known, not point in time.'] };
}

export interface CrossFitSettings {
  /** Tail of each training window that models are stopped and calibrated on; 0.2 when absent (fraction). */
  readonly validation?: number;
  /** Share of outcomes that intervals are meant to hold; 0.8 when absent (fraction). */
  readonly coverage?: number;
  /** What is done to features before the model sees them; `rank` when absent: their centred rank within the session. */
  readonly normalize?: Normalization;
  /** Seed of the models; the lab's when absent. */
  readonly seed?: number;
  readonly threads?: number;
  readonly signal?: AbortSignal;
  /** Compute again what is kept already. */
  readonly fresh?: boolean;
  /** Let features pass that tell more of the label than honest ones do. */
  readonly allowSuspicious?: boolean;
  readonly onEvent?: (event: CrossFitEvent) => void;
}

export interface EvaluateSettings extends EvaluateOptions {
  /** Runs that this one is compared with; `lab` when absent. */
  readonly experiment?: string;
}

const CROSS_FIT_OPTIONS = ['validation', 'coverage', 'normalize', 'seed', 'threads', 'signal', 'fresh', 'allowSuspicious', 'onEvent'];
const EVALUATE_OPTIONS = ['quantiles', 'minNames', 'decay'];

interface ResearchParts {
  readonly config: LoadedConfig;
  readonly store: Store;
  readonly tracker: Tracker;
  readonly reference: ResearchReference;
}

interface PanelOrigin {
  readonly universe: Universe;
  readonly request: { readonly symbols: readonly string[]; readonly start: string; readonly end: string };
}

/** Labels, cross-fits and evaluations of a lab: what they came from is known, what was computed is kept, what was tried is recorded. */
export class Research {
  readonly #parts: ResearchParts;
  readonly #cache: ResultCache;
  readonly #kept: KeptEvaluations;
  readonly #universes = new WeakMap<Panel, Universe>();
  readonly #labelKeys = new WeakMap<Labels, string>();
  #recording: Promise<void> = Promise.resolve();
  readonly #unrecorded: Error[] = [];

  constructor(parts: ResearchParts) {
    this.#parts = parts;
    this.#kept = keptEvaluations(join(parts.config.paths.runs, 'evaluations', 'kept'));
    this.#cache = resultCache(join(parts.config.paths.runs, 'cache'), { onProblem: (message) => process.emitWarning(message) });
  }

  /** A panel of bars, read anew or kept from before; whose members it holds is noted. */
  async bars({ universe, request }: PanelOrigin, read: () => Promise<Panel>): Promise<Panel> {
    const key = hashJson({ kind: 'bars', universe: universe.name, request, quality: this.#parts.config.config.data.quality, data: await this.#dataHash(), code: await codeFingerprint() });
    const panel = rememberPanel(await this.#cache.getOrCompute('bars', key, read), key);
    this.#universes.set(panel, universe);
    return panel;
  }

  /** Whose members a panel holds that the lab has read; `null` of any other panel. */
  universeOf(bars: Panel): string | null {
    return this.#universes.get(bars)?.name ?? null;
  }

  async features(bars: Panel, { features, universe }: { readonly features: readonly Feature[]; readonly universe: string }, compute: () => Promise<Panel>): Promise<Panel> {
    if (features.some((feature) => !FEATURES.includes(feature))) return compute(); // what an own formula does is not known by its name
    const key = hashJson({ kind: 'features', bars: panelKey(bars), universe, names: features.map(({ name }) => name), benchmark: this.#parts.config.config.features.benchmark, data: await this.#dataHash(), code: await codeFingerprint() });
    return rememberPanel(await this.#cache.getOrCompute('features', key, compute), key);
  }

  labels(bars: Panel, options: LabelOptions): Labels {
    const { reference } = this.#parts;
    const universe = this.#universes.get(bars) ?? reference.universe;
    const member = universe === null ? new Uint8Array(bars.symbols.length * bars.sessions.length).fill(1) : membershipTable(bars, universe);
    const labels = makeLabels({ bars, member, sectors: reference.sectors }, options);
    this.#labelKeys.set(labels, hashJson({ kind: 'labels', bars: panelKey(bars), universe: universe?.name ?? null, sectors: [...reference.sectors], options: JSON.stringify(options, (_, value: unknown) => (value === Infinity ? 'none' : value)) }));
    return labels;
  }

  async *crossFit(forecaster: Forecaster, tables: DatasetTables, splitter: Splitter, settings: CrossFitSettings): EventStream<CrossFitEvent, Scores> {
    requireKnownOptions(settings, CROSS_FIT_OPTIONS, 'lab.crossFit');
    const { validation = 0.2, coverage = 0.8, normalize = 'rank', seed = this.#parts.config.config.seed } = settings;
    requireSameAxes(tables.features, tables.labels.panel);
    const features = ownFeatures(forecaster, tables.features);
    const code = await codeFingerprint();
    const data = { features: features === tables.features ? panelKey(features) : hashJson({ of: panelKey(tables.features), names: features.columnNames }), labels: this.#labelKey(tables.labels) };
    const params = flatParams({ forecaster: forecaster.name, model: forecaster.params, splitter: { name: splitter.name, ...splitter.params }, label: tables.labels.describe, horizon: tables.labels.horizon, features: features.columnNames.length, first: features.first, last: features.last, normalize, validation, coverage });
    const identity = hashJson({ kind: 'cross-fit', params, names: features.columnNames, seed, data, code, allowSuspicious: settings.allowSuspicious ?? false });
    // what a user wrote may change while its name and parameters stay: then only the result itself tells
    const isKept = isBuiltIn(forecaster) && isBuiltIn(splitter);
    const scores = (panel: Panel, folds: readonly FoldSummary[], key: string): Scores => ({ panel: rememberPanel(panel, key), forecaster: forecaster.name, params, seed, data, horizon: tables.labels.horizon, coverage, folds, key });
    if (!settings.fresh && isKept) {
      const [panel, folds] = [await this.#cache.get('scores', identity), await this.#cache.get('folds', identity)];
      if (panel !== undefined && folds !== undefined) return scores(panel as Panel, folds as FoldSummary[], identity);
    }
    if (!settings.allowSuspicious) requireNoLeak({ features, labels: tables.labels });
    const context = { seed, threads: settings.threads ?? availableParallelism(), environment: process.env, ...(settings.signal ? { signal: settings.signal } : {}) };
    const result = yield* crossFit(forecaster, tables, splitter, { context, validation, coverage, normalization: normalize, provenance: { data, code } });
    if (!isKept) return scores(result.panel, result.folds, hashJson({ identity, scores: panelKey(result.panel) }));
    await this.#cache.put('scores', identity, result.panel);
    await this.#cache.put('folds', identity, result.folds);
    return scores(result.panel, result.folds, identity);
  }

  evaluate(scores: Scores, labels: Labels, { experiment = 'lab', ...given }: EvaluateSettings): Evaluation {
    requireExperimentName(experiment);
    requireKnownOptions(given, EVALUATE_OPTIONS, 'lab.evaluate');
    // labels that were changed by hand know nothing of themselves at other horizons
    const options: EvaluateOptions = this.#labelKeys.has(labels) || given.decay !== undefined ? given : { ...given, decay: [] };
    const { sectors } = this.#parts.reference;
    const judged = evaluationKey(scores.key, this.#labelKey(labels), options);
    const figures = this.#kept.read(judged) ?? evaluatePanel({ panel: scores.horizon === labels.horizon ? scores.panel : scores.panel.columns(['score']), labels, sectors, coverage: scores.coverage, seed: scores.seed, ...options });
    const evaluation = new Evaluation(figures, { title: scores.forecaster, params: scores.params, seed: scores.seed, label: labels.describe, caveats: this.#parts.reference.caveats });
    if (figures.sessions.length === 0) return evaluation; // nothing was judged: no trial
    const record = async (): Promise<void> => {
      await this.#kept.keep(judged, figures);
      await this.#record(scores, { experiment, judged, figures: mainFigures(figures) });
    };
    this.#recording = this.#recording.then(record).catch((error: unknown) => void this.#unrecorded.push(error instanceof Error ? error : new Error(String(error)))); // one that fails must not end the others
    return evaluation;
  }

  /** @throws the first error that kept a run from being recorded since it was last asked */
  async recorded(): Promise<void> {
    await this.#recording;
    const [first] = this.#unrecorded.splice(0);
    if (first !== undefined) throw first;
  }

  async #record({ forecaster, params, seed, data }: Scores, { experiment, judged, figures }: { experiment: string; judged: string; figures: Readonly<Record<string, number | null>> }): Promise<void> {
    const run = await this.#parts.tracker.start({ experiment, name: forecaster, params, seed, data: { ...data, judged }, code: await codeFingerprint() });
    await run.logMetrics(figures);
    await run.end('finished');
  }

  #labelKey(labels: Labels): string {
    const known = this.#labelKeys.get(labels);
    if (known !== undefined) return known;
    const key = hashJson({ kind: 'labels', panel: panelKey(labels.panel), counts: hashParts([labels.counts]), describe: labels.describe, horizon: labels.horizon, span: labels.span });
    return key;
  }

  async #dataHash(): Promise<string> {
    return marketDataHash(await this.#parts.store.manifest());
  }
}
