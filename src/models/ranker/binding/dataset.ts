import { InvariantError } from '../../../core/errors.js';
import { parameterText, requireSuccess, typeOf, type Parameters } from './call.js';
import type { Handle, Native } from './native.js';

/** Values of features, missing ones NaN. */
export interface Matrix {
  readonly values: Float32Array | Float64Array;
  readonly rows: number;
  readonly columns: number;
  /** `feature`: [feature, row], each feature contiguous; `row`: [row, feature]. */
  readonly major: 'feature' | 'row';
}

export interface DatasetOptions {
  readonly parameters: Parameters;
  /** [row]; whole numbers from 0 for ranking. */
  readonly label: Float32Array;
  readonly weight?: Float32Array;
  /** Rows of each group that is ranked, in order. */
  readonly group?: Int32Array;
  /** Without white space, which ends a name in the model's text. */
  readonly names?: readonly string[];
  /** Training data whose bins are to be used: for validation. */
  readonly reference?: Dataset;
}

/** Values sorted into bins, in LightGBM's memory until it is disposed of. */
export class Dataset implements Disposable {
  readonly #native: Native;
  #handle: Handle | null = null;

  /** @throws DataError `LIGHTGBM_CALL`; InvariantError where the values are not rows × columns */
  constructor(native: Native, matrix: Matrix, { parameters, label, weight, group, names, reference }: DatasetOptions) {
    this.#native = native;
    const { values, rows, columns } = requireShape(matrix);
    const out: [Handle | null] = [null];
    const status = native.LGBM_DatasetCreateFromMat(values, typeOf(values), rows, columns, isRowMajor(matrix), parameterText(parameters), reference?.handle ?? null, out);
    requireSuccess(native, status, `sort ${rows} rows of ${columns} features into bins`);
    this.#handle = out[0];
    try {
      this.#set('label', label);
      if (weight !== undefined) this.#set('weight', weight);
      if (group !== undefined) this.#set('group', group);
      if (names !== undefined) requireSuccess(native, native.LGBM_DatasetSetFeatureNames(this.handle, names, names.length), `name ${names.length} features`);
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
  }

  /** @throws InvariantError after it was disposed of */
  get handle(): Handle {
    if (this.#handle === null) throw new InvariantError('expected a dataset in use, found one that was freed');
    return this.#handle;
  }

  /** Frees its memory; may be called twice. */
  [Symbol.dispose](): void {
    if (this.#handle !== null) this.#native.LGBM_DatasetFree(this.#handle);
    this.#handle = null;
  }

  #set(name: string, values: Float32Array | Int32Array): void {
    requireSuccess(this.#native, this.#native.LGBM_DatasetSetField(this.handle, name, values, values.length, typeOf(values)), `take ${values.length} values as "${name}"`);
  }
}

export const isRowMajor = ({ major }: Matrix): number => (major === 'row' ? 1 : 0);

/** The matrix when it has as many values as it says: C would read on past its end. */
export function requireShape(matrix: Matrix): Matrix {
  const { values, rows, columns } = matrix;
  if (values.length === rows * columns) return matrix;
  throw new InvariantError(`expected ${rows} × ${columns} values, found ${values.length} in a matrix for LightGBM`);
}
