import { XNYS } from '../../core/calendar.js';
import { fromEpochDay } from '../../core/dates.js';
import { ConfigError } from '../../core/errors.js';
import type { EventStream } from '../../core/events.js';
import type { Labels } from '../../dataset/labels/labels.js';
import { rankWithinSessions } from '../../dataset/rank-within-sessions.js';
import { samplesOf, type DatasetTables } from '../../dataset/samples-of.js';
import type { Samples } from '../../dataset/samples.js';
import { holdOut } from '../../dataset/split/hold-out.js';
import { requirePurged } from '../../dataset/split/require-purged.js';
import type { Fold, Splitter } from '../../dataset/split/splitter.js';
import type { FitContext, FitEvent, Forecaster } from '../../models/forecaster.js';
import type { Normalization } from '../../models/normalization.js';
import { trainModel, type TrainingPlan } from '../../models/train-model.js';
import type { TrainedModel } from '../../models/trained-model.js';
import { Panel } from '../../table/panel.js';
import { emptyColumns, place } from './score-columns.js';
import type { FoldSummary } from './scores.js';

export interface CrossFitOptions {
  readonly context: FitContext;
  /** Tail of each training window that models are stopped and calibrated on (fraction). */
  readonly validation: number;
  /** Share of outcomes that intervals are meant to hold. */
  readonly coverage: number;
  readonly normalization: Normalization;
  readonly provenance: { readonly data: Readonly<Record<string, string>>; readonly code: string };
}

export type CrossFitEvent =
  | { readonly kind: 'fold'; readonly fold: number; readonly folds: number; readonly testFrom: string; readonly testThrough: string }
  | { readonly kind: 'fit'; readonly fold: number; readonly folds: number; readonly event: FitEvent };

export interface CrossFitResult {
  readonly panel: Panel;
  readonly folds: readonly FoldSummary[];
}

/**
 * Foretells every test session of a split by a model that learnt from its fold's training sessions only.
 *
 * Within a training window the tail serves for early stopping and calibration, purged like the test.
 * @throws ConfigError when test sessions of folds overlap, as of combinatorial splits: their paths are several answers, not one; InvariantError for a fold that is not purged
 */
export async function* crossFit(forecaster: Forecaster, tables: DatasetTables, splitter: Splitter, options: CrossFitOptions): EventStream<CrossFitEvent, CrossFitResult> {
  const given = ownFeatures(forecaster, tables.features);
  const features = options.normalization === 'rank' ? rankWithinSessions(given, tables.labels, { except: forecaster.unranked ?? [] }) : given;
  const own: DatasetTables = { features, labels: tables.labels };
  const folds = splitter.split({ sessions: features.sessions.length, span: tables.labels.span });
  requireDisjoint(folds, splitter.name);
  const columns = emptyColumns(features);
  const summaries: FoldSummary[] = [];
  for (const [index, fold] of folds.entries()) {
    requirePurged(fold, tables.labels.span);
    const day = (t: number): string => fromEpochDay(features.sessions[t]);
    yield { kind: 'fold', fold: index + 1, folds: folds.length, testFrom: day(fold.test[0]), testThrough: day(fold.test[fold.test.length - 1]) };
    const parts = samplesOfFold(own, fold, options.validation);
    const fit = trainModel(forecaster, planOf(own, fold, parts, options), options.context);
    let step = await fit.next();
    for (; !step.done; step = await fit.next()) yield { kind: 'fit', fold: index + 1, folds: folds.length, event: step.value };
    const model = step.value;
    try {
      const test = samplesOf(own, fold.test, { labelled: false });
      place(columns, await model.predict(test, { isNormalized: true }), test, features);
      summaries.push(summarizeFold(features, fold, { ...parts, test }, model));
    } finally {
      model.dispose();
    }
  }
  return { panel: new Panel({ symbols: features.symbols, sessions: features.sessions, columns }), folds: summaries };
}

/** The columns a forecaster asks for; all of them where it takes whatever it is given. */
export function ownFeatures({ name, features: wanted }: Forecaster, features: Panel): Panel {
  if (wanted === null) return features;
  const missing = wanted.filter((one) => !features.has(one));
  if (missing.length > 0) throw new ConfigError(`expected the features ${wanted.join(', ')} for "${name}", found no ${missing.join(', ')} among the ${features.columnNames.length} given; compute them with lab.features`, { code: 'MISSING_FEATURES', fields: { missing } });
  return features.columns(wanted);
}

interface FoldSamples {
  readonly train: Samples;
  readonly validation: Samples;
}

function samplesOfFold(tables: DatasetTables, fold: Fold, share: number): FoldSamples {
  const { train, validation } = holdOut(fold.train, share, tables.labels.span);
  return { train: samplesOf(tables, train, { labelled: true }), validation: samplesOf(tables, validation, { labelled: true }) };
}

function planOf({ features, labels }: DatasetTables, fold: Fold, parts: FoldSamples, { coverage, normalization, provenance }: CrossFitOptions): TrainingPlan {
  return { ...parts, ...describeTraining(features, labels, fold.train), coverage, normalization, isNormalized: true, provenance };
}

/** What a card says of the sessions a model learnt from. */
export function describeTraining({ sessions }: Panel, { horizon, span, describe }: Labels, positions: Int32Array): Pick<TrainingPlan, 'horizon' | 'label' | 'usableFrom'> {
  const last = positions[positions.length - 1];
  const usableFrom = last + span < sessions.length ? fromEpochDay(sessions[last + span]) : XNYS.shift(fromEpochDay(sessions[last]), span);
  return { horizon, label: describe, usableFrom };
}

function requireDisjoint(folds: readonly Fold[], name: string): void {
  const seen = new Set<number>();
  for (const { test } of folds) {
    for (const t of test) {
      if (seen.has(t)) throw new ConfigError(`expected each session to be tested once, found one that several folds of "${name}" test; fit the paths of a combinatorial split one by one`, { code: 'OVERLAPPING_TESTS', fields: { splitter: name } });
      seen.add(t);
    }
  }
}

function summarizeFold({ sessions }: Panel, { train, test }: Fold, samples: FoldSamples & { readonly test: Samples }, model: TrainedModel): FoldSummary {
  const day = (t: number) => fromEpochDay(sessions[t]);
  return {
    trainFrom: day(train[0]), trainThrough: day(train[train.length - 1]), testFrom: day(test[0]), testThrough: day(test[test.length - 1]),
    trainSamples: samples.train.length, validationSamples: samples.validation.length, testSamples: samples.test.length,
    facts: model.card.facts,
  };
}
