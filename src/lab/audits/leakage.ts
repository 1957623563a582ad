import type { IsoDate } from '../../core/dates.js';
import type { EventStream } from '../../core/events.js';
import { result } from '../../core/events.js';
import { createRng } from '../../core/rng.js';
import type { AuditEvent, AuditReport } from '../../backtest/audits/audit-report.js';
import { auditLeakage, type LeakageSubject } from '../../backtest/audits/leakage.js';
import type { AuditedLearner, AuditedScorer } from '../../backtest/audits/leakage/learning.js';
import type { AuditedSplit } from '../../backtest/audits/leakage/purged-splits.js';
import type { SurvivorsInput } from '../../backtest/audits/leakage/survivors.js';
import { DataModule } from '../../dataset/data-module.js';
import type { DatasetTables } from '../../dataset/samples-of.js';
import { SCALERS } from '../../dataset/scaler/registry.js';
import type { Scaler } from '../../dataset/scaler/scaler.js';
import { combinatorialPurged } from '../../dataset/split/combinatorial-purged.js';
import { purgedKFold } from '../../dataset/split/purged-k-fold.js';
import type { Fold, Splitter } from '../../dataset/split/splitter.js';
import type { Feature } from '../../features/feature.js';
import type { Forecaster } from '../../models/forecaster.js';
import type { Panel } from '../../table/panel.js';
import { crossFit } from '../research/cross-fit.js';
import { auditedInputs, auditedValues, chosenFeatures } from './audited-features.js';
import type { AuditedLab, MakeLab } from './audited-lab.js';
import { auditedNames } from './audited-names.js';
import { sessionsBetween } from './audited-replay.js';
import { auditedLabels, auditedModel, namesLearnt, type AuditedModel } from './audited-scores.js';
import { LabsInTime } from './labs-in-time.js';
import { isAsked, type AuditOptions } from './options.js';

export interface LeakageOptions extends AuditOptions, Partial<AuditedModel> {
  /** Names of features, families, sets, or features of your own; `all` when absent. */
  readonly features?: readonly (string | Feature)[];
  /** A table of features over names and sessions from anywhere, looked at instead. */
  readonly table?: Panel;
  /** Ways to part sessions that are looked at besides the model's own. */
  readonly splitters?: readonly Splitter[];
  /** Scalers that are looked at; those of the registry when absent. */
  readonly scalers?: readonly Scaler[];
  /** A pipeline of your own that scores the test sessions of a fold. */
  readonly scorers?: readonly AuditedScorer[];
  /** Who was a member, and who has bars; the configured universe and the bars of the lab when absent. */
  readonly universe?: SurvivorsInput;
  /** Shuffles of labels of each kind; 3 when absent. */
  readonly shuffles?: number;
}

export const LEAKAGE_OPTIONS = ['features', 'table', 'splitters', 'scalers', 'scorers', 'universe', 'shuffles', 'forecaster', 'splitter'] as const;

/** The leakage audit of a lab. */
export async function* labLeakage<L extends AuditedLab>(lab: L, make: MakeLab<L>, options: LeakageOptions): EventStream<AuditEvent, AuditReport> {
  const labs = await LabsInTime.open(lab, make);
  try {
    const { seed = lab.config.config.seed, shuffles = 3 } = options;
    return yield* auditLeakage(await subjectOf(labs.whole, { ...options, seed }), { seed, shuffles, ...(options.only ? { only: options.only } : {}) });
  } finally {
    await labs.close();
  }
}

async function subjectOf(lab: AuditedLab, options: LeakageOptions & { readonly seed: number }): Promise<LeakageSubject> {
  const { features: wanted = ['all'], symbols: given, names: count = 40, scalers = SCALERS, scorers } = options;
  const history = await sessionsBetween(lab.store, options.since, options.until);
  const [first, last] = [history[0], history[history.length - 1]];
  const features = chosenFeatures(lab, wanted);
  const symbols = options.table?.symbols ?? (await auditedNames(lab, { ...(given ? { symbols: given } : {}), count, first, last, rng: createRng(options.seed).fork('audit/names') }));
  const inputs = await auditedInputs(lab, { symbols, until: last, features });
  const from = inputs.bars.indexOf(first);
  const slice = (panel: Panel): Panel => (from === 0 ? panel : panel.slice(from, panel.sessions.length));
  const values = options.table ?? slice(auditedValues(inputs, features));
  const tables: DatasetTables = { features: values.columns(namesLearnt(features, values)), labels: auditedLabels(lab, slice(inputs.bars)) };
  const model = auditedModel(values.sessions.length, options);
  return {
    describe: `${values.columnNames.length} features of ${values.symbols.length} names, ${model.forecaster.name}, ${scalers.length} scalers, universe "${(await lab.universe()).name}"`,
    tables,
    features: values,
    splits: splitsOf(tables, [model.splitter, ...(options.splitters ?? [purgedKFold({ k: 5, embargo: 5 }), combinatorialPurged({ groups: 6, testGroups: 2 })])]),
    folds: model.splitter.split({ sessions: values.sessions.length, span: tables.labels.span }),
    learners: scalers.map((scaler) => scalerLearner(scaler)),
    scorers: scorers ?? [forecasterScorer(model.forecaster, lab.config.config.seed)],
    ...(isAsked(options, 'universe') ? { universe: options.universe ?? (await universeOf(lab, first, last)) } : {}),
    ...(options.table ? {} : { priceLevels: { inputs, compute: (restated) => auditedValues(restated, features) } }),
  };
}

function splitsOf({ features, labels }: DatasetTables, splitters: readonly Splitter[]): AuditedSplit[] {
  return splitters.map((splitter) => ({ name: splitter.name, folds: splitter.split({ sessions: features.sessions.length, span: labels.span }), embargo: Number(splitter.params['embargo'] ?? 0) }));
}

/** What a scaler learns in a data module, as models get it. */
export function scalerLearner(scaler: Scaler): AuditedLearner {
  return {
    name: `scaler ${scaler.name}`,
    learn(tables, fold) {
      const saved = new DataModule(tables, fold, { scaler }).scaler()!.save();
      return Object.fromEntries(Object.entries(saved.learnt).map(([name, numbers]) => [name, numbers.map((number) => number ?? Number.NaN)]));
    },
  };
}

/** A forecaster in the research loop: learnt on the training sessions of each fold, scored on its test sessions. */
export function forecasterScorer(forecaster: Forecaster, seed: number): AuditedScorer {
  return {
    name: forecaster.name,
    async scores(tables, folds) {
      const splitter: Splitter = { name: 'given folds', params: {}, split: (): Fold[] => [...folds] };
      const options = { context: { seed, threads: 1, environment: {} }, validation: 0.2, coverage: 0.8, normalization: 'rank', provenance: { data: {}, code: '' } } as const;
      return (await result(crossFit(forecaster, tables, splitter, options))).panel;
    },
  };
}

async function universeOf(lab: AuditedLab, first: IsoDate, last: IsoDate): Promise<SurvivorsInput> {
  const { name, intervals } = await lab.universe();
  const notes = (await lab.store.entry('bars'))?.notes ?? [];
  return { name, stays: intervals, bars: (await lab.panel({ start: first, end: last })).columns(['close']), declared: notes.find((note) => /surviv/i.test(note)) ?? null };
}
