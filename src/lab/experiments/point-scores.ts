import { withSettings } from '../../config/overlay.js';
import type { LoadedConfig } from '../../config/load.js';
import type { EventStream } from '../../core/events.js';
import { hashJson } from '../../core/hash.js';
import { walkForward } from '../../dataset/split/walk-forward.js';
import { createForecaster } from '../../models/registry.js';
import type { CrossFitEvent } from '../research/cross-fit.js';
import type { Scores } from '../research/scores.js';
import { labelOptions, trainingFor, trainingTables, type TrainingTables } from '../models/training-tables.js';
import type { Lab } from '../open.js';
import type { GridPoint } from './grid.js';

/** Scores of the points of an experiment: points that differ in what is traded alone share theirs, and those that read the same features share the tables. */
export class PointScores {
  readonly #lab: Lab;
  readonly #config: LoadedConfig;
  readonly #scores = new Map<string, Scores>();
  #tables: { readonly key: string; readonly tables: TrainingTables } | null = null;

  constructor(lab: Lab, config: LoadedConfig) {
    this.#lab = lab;
    this.#config = config;
  }

  /** Scores of a point; `null` where its strategy asks no model. */
  async *of({ settings }: GridPoint, signal: AbortSignal | undefined): EventStream<CrossFitEvent, Scores | null> {
    const { config } = withSettings(this.#config, settings, 'experiment.grid');
    if (config.strategy.name === 'momentum') return null;
    const { training, experiment: { model, params, start, end }, forecast, seed } = config;
    const span = { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) };
    const key = hashJson({ training, model, params, span, seed, coverage: forecast.interval });
    const before = this.#scores.get(key);
    if (before !== undefined) return before;
    const forecaster = createForecaster(model, params);
    const own = trainingFor(forecaster, training);
    const { features, bars } = await this.#tablesOf(own, span);
    const labels = this.#lab.labels(bars, labelOptions(own));
    const { train, test, validation, normalize } = training;
    const found = yield* this.#lab.crossFitEvents(forecaster, { features, labels }, walkForward({ train, test }), { validation, normalize, coverage: forecast.interval, seed, ...(signal ? { signal } : {}) });
    this.#scores.set(key, found);
    return found;
  }

  /** One set of tables at a time: they are the largest thing there is. */
  async #tablesOf(training: Parameters<typeof trainingTables>[1], span: Parameters<typeof trainingTables>[2]): Promise<TrainingTables> {
    const key = hashJson({ features: training.features, span });
    if (this.#tables?.key !== key) {
      this.#tables = null;
      this.#tables = { key, tables: await trainingTables(this.#lab, training, span) };
    }
    return this.#tables.tables;
  }
}
