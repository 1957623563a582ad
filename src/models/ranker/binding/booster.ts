import { InvariantError } from '../../../core/errors.js';
import { parameterText, requireSuccess, typeOf, type Parameters } from './call.js';
import { type Dataset, isRowMajor, requireShape, type Matrix } from './dataset.js';
import type { Handle, Native } from './native.js';

/** What is foretold: the objective's own scale, the sum of the leaves, the number of each leaf, or SHAP contributions with the base last. */
export type PredictionKind = keyof typeof KINDS;
const KINDS = { normal: 0, raw: 1, leaf: 2, contributions: 3 } as const;

/** Importance of a feature: how often it splits, or by how much its splits lower the loss. */
export type ImportanceKind = keyof typeof IMPORTANCES;
const IMPORTANCES = { split: 0, gain: 1 } as const;

const NAME_ROOM = 256;
const TEXT_ROOM = 1 << 20;

export interface PredictOptions {
  readonly kind?: PredictionKind;
  /** Only the first so many rounds; all when absent. */
  readonly rounds?: number;
  readonly parameters?: Parameters;
}

/** Boosted trees, in LightGBM's memory until they are disposed of. */
export class Booster implements Disposable {
  readonly #native: Native;
  #handle: Handle | null;
  #validations: readonly Dataset[] = [];

  private constructor(native: Native, handle: Handle | null) {
    this.#native = native;
    this.#handle = handle;
  }

  /** One that is to learn; the datasets must live as long as it learns. */
  static create(native: Native, train: Dataset, parameters: Parameters, validations: readonly Dataset[] = []): Booster {
    const out: [Handle | null] = [null];
    requireSuccess(native, native.LGBM_BoosterCreate(train.handle, parameterText(parameters), out), 'start training');
    const booster = new Booster(native, out[0]);
    try {
      for (const validation of validations) requireSuccess(native, native.LGBM_BoosterAddValidData(booster.#use(), validation.handle), 'take the validation data');
      booster.#validations = validations;
      return booster;
    } catch (error) {
      booster[Symbol.dispose]();
      throw error;
    }
  }

  /** The model of a text that LightGBM, in whatever language, has saved. */
  static parse(native: Native, text: string): Booster {
    const out: [Handle | null] = [null];
    requireSuccess(native, native.LGBM_BoosterLoadModelFromString(text, [0], out), 'read a model from its text');
    return new Booster(native, out[0]);
  }

  get rounds(): number {
    const out: [number] = [0];
    requireSuccess(this.#native, this.#native.LGBM_BoosterGetCurrentIteration(this.#use(), out), 'count its rounds');
    return out[0];
  }

  get features(): number {
    const out: [number] = [0];
    requireSuccess(this.#native, this.#native.LGBM_BoosterGetNumFeature(this.#use(), out), 'count its features');
    return out[0];
  }

  /** Learns one round; `false` when there is nothing left to split. */
  update(): boolean {
    const isFinished: [number] = [0];
    requireSuccess(this.#native, this.#native.LGBM_BoosterUpdateOneIter(this.#use(), isFinished), 'learn a round');
    return isFinished[0] === 0;
  }

  /** Names of its metrics, in the order of `evaluate`. */
  metrics(): string[] {
    const count = this.#metricCount();
    if (count === 0) return [];
    const names = Array.from({ length: count }, () => Buffer.alloc(NAME_ROOM));
    requireSuccess(this.#native, this.#native.LGBM_BoosterGetEvalNames(this.#use(), count, [0], NAME_ROOM, [0], names), 'name its metrics');
    return names.map((name) => name.toString('utf8', 0, name.indexOf(0)));
  }

  /** Its metrics on the training data (0) or on a set of validation data (from 1). */
  evaluate(dataset: number): Float64Array {
    const out = new Float64Array(this.#metricCount());
    requireSuccess(this.#native, this.#native.LGBM_BoosterGetEval(this.#use(), this.#requireDataset(dataset), [0], out), 'evaluate itself');
    return out;
  }

  /** What it now foretells about data it was given, which it knows without computing: the training data (0) or validation data (from 1). */
  currentPredictions(dataset: number): Float64Array {
    const count: [number | bigint] = [0];
    requireSuccess(this.#native, this.#native.LGBM_BoosterGetNumPredict(this.#use(), this.#requireDataset(dataset), count), 'count its predictions');
    const out = new Float64Array(Number(count[0]));
    requireSuccess(this.#native, this.#native.LGBM_BoosterGetPredict(this.#use(), dataset, count, out), 'tell its predictions');
    return out;
  }

  /** [row], or [row, feature + 1] of contributions, or [row, round] of leaves. */
  predict(matrix: Matrix, { kind = 'normal', rounds = -1, parameters = {} }: PredictOptions = {}): Float64Array {
    const { values, rows, columns } = requireShape(matrix);
    if (columns !== this.features) throw new InvariantError(`expected ${this.features} features, found ${columns} in data for a model of LightGBM`);
    const count: [number | bigint] = [0];
    requireSuccess(this.#native, this.#native.LGBM_BoosterCalcNumPredict(this.#use(), rows, KINDS[kind], 0, rounds, count), 'count its predictions');
    const out = new Float64Array(Number(count[0]));
    const status = this.#native.LGBM_BoosterPredictForMat(this.#use(), values, typeOf(values), rows, columns, isRowMajor(matrix), KINDS[kind], 0, rounds, parameterText(parameters), count, out);
    requireSuccess(this.#native, status, `predict ${rows} rows`);
    return out;
  }

  /** The model of the first `rounds` rounds (all when absent) in LightGBM's own format; `importance` is what its last lines tell. */
  text(rounds = -1, importance: ImportanceKind = 'split'): string {
    const needed: [number | bigint] = [0];
    const save = (room: number): Buffer => {
      const out = Buffer.alloc(room);
      requireSuccess(this.#native, this.#native.LGBM_BoosterSaveModelToString(this.#use(), 0, rounds, IMPORTANCES[importance], room, needed, out), 'write its text');
      return out;
    };
    const first = save(TEXT_ROOM);
    const length = Number(needed[0]); // counts the zero at the end
    return (length > TEXT_ROOM ? save(length) : first).toString('utf8', 0, length - 1);
  }

  /** [feature], over the first `rounds` rounds. */
  importance(kind: ImportanceKind, rounds = -1): Float64Array {
    const out = new Float64Array(this.features);
    requireSuccess(this.#native, this.#native.LGBM_BoosterFeatureImportance(this.#use(), rounds, IMPORTANCES[kind], out), 'tell the importance of its features');
    return out;
  }

  /** Frees its memory; may be called twice. */
  [Symbol.dispose](): void {
    if (this.#handle !== null) this.#native.LGBM_BoosterFree(this.#handle);
    this.#handle = null;
  }

  #use(): Handle {
    if (this.#handle === null) throw new InvariantError('expected a model in use, found one that was freed');
    return this.#handle;
  }

  #metricCount(): number {
    const out: [number] = [0];
    requireSuccess(this.#native, this.#native.LGBM_BoosterGetEvalCounts(this.#use(), out), 'count its metrics');
    return out[0];
  }

  #requireDataset(dataset: number): number {
    if (Number.isInteger(dataset) && dataset >= 0 && dataset <= this.#validations.length) return dataset;
    throw new InvariantError(`expected the number of a dataset from 0 to ${this.#validations.length}, found ${dataset}`);
  }
}
