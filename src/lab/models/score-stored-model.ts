import { availableParallelism } from 'node:os';

import { codeFingerprint } from '../../core/code-fingerprint.js';
import { isoDate, toEpochDay } from '../../core/dates.js';
import { ConfigError } from '../../core/errors.js';
import { hashJson } from '../../core/hash.js';
import { marketDataHash } from '../../data/market.js';
import type { Labels } from '../../dataset/labels/labels.js';
import { samplesOf } from '../../dataset/samples-of.js';
import type { FitContext } from '../../models/forecaster.js';
import { FORECASTERS } from '../../models/registry.js';
import { TrainedModel } from '../../models/trained-model.js';
import { Panel } from '../../table/panel.js';
import type { Lab } from '../open.js';
import { emptyColumns, place } from '../research/score-columns.js';
import { flatParams } from '../research/flat-params.js';
import { panelKey } from '../result-cache/panel-identity.js';
import type { LabelOptions } from '../research/lab-labels.js';
import type { Scores } from '../research/scores.js';
import { readModelFiles, type StoredModel } from './model-folder.js';
import { labelOptions } from './training-tables.js';

export interface ScoreRequest {
  /** First session scored; never before the model was usable. */
  readonly startDate?: string;
  readonly endDate?: string;
  readonly environment: FitContext['environment'];
  readonly signal?: AbortSignal;
}

/**
 * Scores of a stored model on the sessions from its first usable one on, and the labels it was trained for.
 * @throws ConfigError when no session is left, or the start lies before the model was usable
 */
export async function scoreStoredModel(lab: Lab, stored: StoredModel, { startDate, endDate, environment, signal }: ScoreRequest): Promise<{ scores: Scores; labels: Labels }> {
  const { card } = stored;
  if (startDate !== undefined && startDate < card.usableFrom) throw new ConfigError(`expected sessions that "${stored.name}" had not learnt from, ${card.usableFrom} or later, found ${startDate} in --start-date`, { code: 'LOOK_AHEAD', fields: { startDate, usableFrom: card.usableFrom } });
  const bars = await lab.panel(endDate === undefined ? {} : { end: endDate });
  const labels = lab.labels(bars, (Object.keys(card.labelSettings).length === 0 ? labelOptions({ ...lab.config.config.training, horizon: card.horizon }) : card.labelSettings) as LabelOptions);
  const features = await lab.features(bars, card.features);
  const from = toEpochDay(isoDate(startDate ?? card.usableFrom));
  const positions = Int32Array.from([...bars.sessions.keys()].filter((t) => bars.sessions[t] >= from));
  if (positions.length === 0) throw new ConfigError(`expected sessions from ${card.usableFrom} on, when "${stored.name}" became usable, found data until ${bars.last}`, { code: 'NO_SESSION', fields: { usableFrom: card.usableFrom, last: bars.last } });
  const model = await TrainedModel.load(await readModelFiles(stored), FORECASTERS, { seed: card.seed, threads: availableParallelism(), environment, signal });
  try {
    const samples = samplesOf({ features: features.columns(card.features), labels }, positions, { labelled: false });
    const columns = emptyColumns(bars);
    place(columns, await model.predict(samples), samples, bars);
    const data = { market: marketDataHash(await lab.store.manifest()), model: hashJson({ ...card }), features: panelKey(features) };
    const params = flatParams({ model: stored.name, forecaster: card.forecaster, params: card.params, label: card.label });
    const key = hashJson({ kind: 'stored-model', params, data, sessions: [...positions], code: await codeFingerprint() });
    return { scores: { panel: new Panel({ symbols: bars.symbols, sessions: bars.sessions, columns }), forecaster: card.forecaster, params, seed: card.seed, data, horizon: card.horizon, coverage: card.calibration?.coverage ?? lab.config.config.forecast.interval, folds: [], key }, labels };
  } finally {
    model.dispose();
  }
}
