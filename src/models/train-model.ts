import { addDays, fromEpochDay, type IsoDate } from '../core/dates.js';
import { DataError, InvariantError } from '../core/errors.js';
import type { EventStream } from '../core/events.js';
import type { Samples } from '../dataset/samples.js';
import { fitCalibration, type ScoredSamples } from './calibration.js';
import type { FitContext, FitEvent, FittedForecaster, Forecaster, JsonValue, TrainingData } from './forecaster.js';
import type { ModelCard } from './model-card.js';
import { normalized, type Normalization } from './normalization.js';
import { selectFeatures } from './select-features.js';
import { sessionsOfSamples } from './sessions-of-samples.js';
import { TrainedModel } from './trained-model.js';
import { validationFigures } from './validation-figures.js';

/** What a model is learnt from, and what its card shall say of that. */
export interface TrainingPlan extends TrainingData {
  /** The label in words, `Labels.describe`. */
  readonly label: string;
  /** The options that gave it. */
  readonly labelSettings?: Readonly<Record<string, JsonValue>>;
  /** First session at whose decision time all labels were known: horizon + 1 sessions after the last of them. */
  readonly usableFrom: IsoDate;
  /** What is done to features before the model sees them; nothing unless given. */
  readonly normalization?: Normalization;
  /** Whether that was done to these samples already. */
  readonly isNormalized?: boolean;
  /** Share of outcomes that intervals are meant to hold, 0.8 unless given. */
  readonly coverage?: number;
  /** Sessions with outcomes below which scores get no expected returns, 20 unless given. */
  readonly minSessions?: number;
  readonly provenance: {
    /** Content hashes of what the samples were computed from, by name. */
    readonly data: Readonly<Record<string, string>>;
    /** Fingerprint of the code. */
    readonly code: string;
    /** What a reader must know of the data. */
    readonly notes?: readonly string[];
  };
}

/**
 * Fits a forecaster, calibrates its scores on sessions that it has not learnt from and writes its card.
 *
 * Scores are calibrated on the validation sessions; those of a forecaster that learns nothing on the training sessions as well.
 * @throws DataError `NO_LABELS`, `MISSING_FEATURES`, and the forecaster's own
 */
export async function* trainModel(forecaster: Forecaster, plan: TrainingPlan, context: FitContext): EventStream<FitEvent, TrainedModel> {
  const known = labelledSessions([plan.train, plan.validation]);
  requireUsableFrom(plan, known.last);
  const own = (samples: Samples): Samples => normalized(forecaster.features === null ? samples : selectFeatures(samples, forecaster.features, `the samples to train ${forecaster.name}`), plan.isNormalized ? 'none' : (plan.normalization ?? 'none'), forecaster.unranked);
  const data: TrainingData = { train: own(plan.train), validation: own(plan.validation), horizon: plan.horizon };
  const fitted = yield* forecaster.fit(data, context);
  try {
    context.signal?.throwIfAborted();
    return new TrainedModel(fitted, await cardOf(forecaster, fitted, { plan, data, known, seed: context.seed }));
  } catch (error) {
    fitted.dispose();
    throw error;
  }
}

interface Training {
  readonly plan: TrainingPlan;
  readonly data: TrainingData;
  readonly known: LabelledSessions;
  readonly seed: number;
}

async function cardOf({ name, describe, learns, params, choosesOnValidation = false, unranked = [] }: Forecaster, fitted: FittedForecaster, { plan, data, known, seed }: Training): Promise<ModelCard> {
  const { horizon, label, labelSettings = {}, usableFrom, normalization = 'none', coverage = 0.8, minSessions = 20, provenance } = plan;
  const validation = await score(fitted, data.validation);
  const scored = learns ? [validation] : [await score(fitted, data.train), validation];
  return {
    schemaVersion: 1,
    forecaster: name, describe, learns, params, seed,
    features: fitted.features, normalization, unranked,
    horizon, label, labelSettings,
    trainedFrom: known.first, trainedThrough: known.last, learntThrough: learns ? (known.lastTrained ?? known.last) : known.last, usableFrom,
    sessions: known.sessions, samples: known.samples,
    validation: data.validation.length === 0 ? null : validationFigures(validation.samples, validation.scores, horizon),
    choseOnValidation: choosesOnValidation,
    calibration: fitCalibration(scored.filter(({ samples }) => samples.length > 0), { horizon, coverage, minSessions }),
    data: provenance.data, code: provenance.code,
    facts: fitted.facts,
    notes: provenance.notes ?? [],
  };
}

async function score(fitted: FittedForecaster, samples: Samples): Promise<ScoredSamples> {
  const own = selectFeatures(samples, fitted.features, 'the samples to validate on');
  return { samples: own, scores: own.length === 0 ? new Float64Array() : await fitted.predict(own) };
}

interface LabelledSessions {
  readonly first: IsoDate;
  readonly last: IsoDate;
  /** The last of the first part; `null` where that has none. */
  readonly lastTrained: IsoDate | null;
  readonly sessions: number;
  readonly samples: number;
}

function labelledSessions(parts: readonly Samples[]): LabelledSessions {
  const days: number[] = [];
  let samples = 0;
  let lastTrained: IsoDate | null = null;
  for (const part of parts) {
    for (const { session, start, end } of sessionsOfSamples(part)) {
      const labels = part.y?.subarray(start, end).reduce((sum, label) => sum + (Number.isNaN(label) ? 0 : 1), 0) ?? 0;
      samples += labels;
      if (labels === 0) continue;
      days.push(session);
      if (part === parts[0]) lastTrained = fromEpochDay(session);
    }
  }
  if (days.length === 0) throw new DataError('expected samples with labels to train on, found none', { code: 'NO_LABELS' });
  if (days.some((day, at) => at > 0 && day <= days[at - 1])) throw new InvariantError('expected validation sessions after the training sessions, each once and ascending, found others');
  return { first: fromEpochDay(days[0]), last: fromEpochDay(days[days.length - 1]), lastTrained, sessions: days.length, samples };
}

function requireUsableFrom({ usableFrom, horizon }: TrainingPlan, last: IsoDate): void {
  // sessions are at least as long as days
  if (usableFrom < addDays(last, horizon + 1)) throw new InvariantError(`expected a model to be usable from ${horizon + 1} sessions after its last label, that of ${last}, found ${usableFrom}`, { code: 'USABLE_TOO_EARLY', fields: { usableFrom, last, horizon } });
}
