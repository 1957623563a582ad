import { InvariantError } from '../core/errors.js';
import type { Rng } from '../core/rng.js';
import type { Samples } from './samples.js';
import { samplesOf, type DatasetTables } from './samples-of.js';
import type { FittedScaler, Scaler } from './scaler/scaler.js';
import { holdOut } from './split/hold-out.js';
import { requirePurged } from './split/require-purged.js';
import type { Fold, Splitter } from './split/splitter.js';
import { windowsOf, type Windows } from './windows.js';

export interface DataModuleOptions {
  /** Share of the training sessions, the last ones, held out for validation (fraction). */
  readonly validationShare?: number;
  /** Learns from the training samples, validation not among them; features as they are when absent. */
  readonly scaler?: Scaler;
  /** Sessions of a window. */
  readonly windowLength?: number;
  readonly batchSize?: number;
  /** What is put into batches: single samples, or whole sessions. */
  readonly batchBy?: 'sample' | 'session';
  /** Shuffles the training windows; in the order of the sessions when absent. Others are never shuffled. */
  readonly rng?: Rng;
}

type Defaulted = 'validationShare' | 'windowLength' | 'batchSize' | 'batchBy';
type Settled = DataModuleOptions & Required<Pick<DataModuleOptions, Defaulted>>;

const DEFAULTS: Pick<Settled, Defaulted> = { validationShare: 0.15, windowLength: 60, batchSize: 256, batchBy: 'sample' };

/**
 * The data of one fold, as every trainer takes it: training, validation and test samples, or windows of them.
 *
 * Validation is the tail of the training window, purged of labels that overlap; the scaler learns from `train()` alone. Samples
 * are gathered anew at each call and belong to the caller; windows are gathered batch by batch.
 */
export class DataModule {
  readonly tables: DatasetTables;
  /** Positions of the sessions of each part; their labels do not overlap. */
  readonly positions: { readonly train: Int32Array; readonly validation: Int32Array; readonly test: Int32Array };
  readonly #options: Settled;
  #scaler: FittedScaler | null = null;

  /**
   * @throws InvariantError `OVERLAPPING_LABELS` when the fold is not purged
   * @throws ConfigError `BAD_SPLIT` when validation leaves nothing to learn from
   */
  constructor(tables: DatasetTables, fold: Fold, options: DataModuleOptions = {}) {
    this.tables = tables;
    this.#options = { ...DEFAULTS, ...options };
    requirePurged(fold, tables.labels.span);
    this.positions = { ...holdOut(fold.train, this.#options.validationShare, tables.labels.span), test: fold.test };
  }

  /** One for each fold of a splitter. */
  static folds(tables: DatasetTables, splitter: Splitter, options: DataModuleOptions = {}): DataModule[] {
    const { labels } = tables;
    return splitter.split({ sessions: labels.panel.sessions.length, span: labels.span }).map((fold) => new DataModule(tables, fold, options));
  }

  /** Sessions held, open to open. */
  get horizon(): number {
    return this.tables.labels.horizon;
  }

  get features(): readonly string[] {
    return this.tables.features.columnNames;
  }

  train(): Samples {
    return this.#samples(this.positions.train, true);
  }

  validation(): Samples {
    return this.#samples(this.positions.validation, true);
  }

  test(): Samples {
    return this.#samples(this.positions.test, true);
  }

  /** Everything that counts on the test sessions, whether or not it has a label. */
  predict(): Samples {
    return this.#samples(this.positions.test, false);
  }

  trainWindows(): Windows {
    return this.#windows(this.positions.train, { labelled: true, shuffled: true });
  }

  validationWindows(): Windows {
    return this.#windows(this.positions.validation, { labelled: true, shuffled: false });
  }

  testWindows(): Windows {
    return this.#windows(this.positions.test, { labelled: true, shuffled: false });
  }

  predictWindows(): Windows {
    return this.#windows(this.positions.test, { labelled: false, shuffled: false });
  }

  /**
   * The scaler after it has learnt from the training samples; `null` without one.
   * @throws InvariantError when there is no training sample
   */
  scaler(): FittedScaler | null {
    const { scaler } = this.#options;
    if (scaler && this.#scaler === null) this.#fit(scaler, samplesOf(this.tables, this.positions.train, { labelled: true }));
    return this.#scaler;
  }

  #fit(scaler: Scaler, train: Samples): void {
    if (train.length === 0) throw new InvariantError(`expected training samples for the scaler "${scaler.name}", found none in ${this.positions.train.length} sessions`);
    this.#scaler = scaler.fit(train);
  }

  #samples(positions: Int32Array, labelled: boolean): Samples {
    const { scaler } = this.#options;
    const samples = samplesOf(this.tables, positions, { labelled });
    if (scaler && this.#scaler === null && positions === this.positions.train) this.#fit(scaler, samples); // gathered once for both
    const fitted = this.scaler();
    if (fitted === null) return samples;
    const { background: _, ...scaled } = fitted.apply(samples, samples.x); // its panel is not scaled: windows are
    return scaled;
  }

  #windows(positions: Int32Array, { labelled, shuffled }: { labelled: boolean; shuffled: boolean }): Windows {
    const { windowLength, batchSize, batchBy, rng } = this.#options;
    const scaler = this.scaler();
    return windowsOf(this.tables, positions, { length: windowLength, batchSize, by: batchBy, labelled, ...(scaler && { scaler }), ...(shuffled && rng && { rng }) });
  }
}
