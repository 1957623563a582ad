import { codeFingerprint } from '../../core/code-fingerprint.js';
import { isoDate, toEpochDay } from '../../core/dates.js';
import { ConfigError } from '../../core/errors.js';
import type { EventStream } from '../../core/events.js';
import { marketDataHash } from '../../data/market.js';
import { rankWithinSessions } from '../../dataset/rank-within-sessions.js';
import { samplesOf } from '../../dataset/samples-of.js';
import { holdOut } from '../../dataset/split/hold-out.js';
import type { TrainingConfig } from '../../models/config.js';
import type { FitContext, FitEvent, Forecaster } from '../../models/forecaster.js';
import { trainModel } from '../../models/train-model.js';
import type { TrainedModel } from '../../models/trained-model.js';
import type { Lab } from '../open.js';
import { describeTraining, ownFeatures } from '../research/cross-fit.js';
import { requireNoLeak } from '../research/leak-guard.js';
import { labelOptions, trainingFor, trainingTables } from './training-tables.js';

export interface CheckpointRequest {
  readonly settings: TrainingConfig;
  /** Share of outcomes that intervals are meant to hold. */
  readonly coverage: number;
  /** First session learnt from, yyyy-mm-dd; the last `settings.train` sessions with known outcomes when absent, as a walk-forward would. */
  readonly start?: string;
  /** Session in which one stands: outcomes known by then are learnt from, nothing later is read. */
  readonly end?: string;
  readonly context: FitContext;
}

/**
 * A model learnt from outcomes that were known on a session: the tail of them is kept back to judge and calibrate it.
 *
 * Bars before `start` are read as history of the features, as far as the store has them; they are not learnt from.
 * @throws ConfigError when too few sessions have outcomes
 */
export async function* trainCheckpoint(lab: Lab, forecaster: Forecaster, { settings: given, coverage, start, end, context }: CheckpointRequest): EventStream<FitEvent, TrainedModel> {
  const settings = trainingFor(forecaster, given);
  const tables = await trainingTables(lab, settings, end === undefined ? {} : { end });
  const chosen = ownFeatures(forecaster, tables.features);
  const features = settings.normalize === 'rank' ? rankWithinSessions(chosen, tables.labels, { except: forecaster.unranked ?? [] }) : chosen;
  const own = { features, labels: tables.labels };
  const { sessions } = own.features;
  const known = sessions.length - own.labels.span; // the outcome of this session is decided at the open of the last one
  const first = start === undefined ? Math.max(0, known - settings.train) : sessions.findIndex((day) => day >= toEpochDay(isoDate(start, '--start-date')));
  const positions = Int32Array.from({ length: Math.max(0, known - Math.max(0, first)) }, (_, i) => Math.max(0, first) + i);
  if (first < 0 || positions.length < 2 * own.labels.span) throw new ConfigError(`expected at least ${2 * own.labels.span} sessions with outcomes known on ${tables.bars.last}, found ${first < 0 ? 0 : positions.length}`, { code: 'TOO_FEW_SESSIONS', fields: { start, end } });
  requireNoLeak(own);
  const parts = holdOut(positions, settings.validation, own.labels.span);
  const manifest = await lab.store.manifest();
  const data = { market: marketDataHash(manifest) };
  const notes = [...(manifest.datasets['bars']?.notes ?? []), 'Sectors are last known, not point in time.'];
  return yield* trainModel(
    forecaster,
    {
      train: samplesOf(own, parts.train, { labelled: true }),
      validation: samplesOf(own, parts.validation, { labelled: true }),
      ...describeTraining(own.features, own.labels, positions),
      coverage,
      normalization: settings.normalize,
      isNormalized: true,
      labelSettings: { ...labelOptions(settings) },
      provenance: { data, code: await codeFingerprint(), notes },
    },
    context,
  );
}
