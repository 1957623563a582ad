import koffi from 'koffi';

import { DataError, describeError } from '../../../core/errors.js';

/** Address of an object that LightGBM holds. */
export type Handle = bigint;

/** Numbers as C reads them; they may lie on shared memory and are not copied on the way in. */
export type NumberArray = Float32Array | Float64Array | Int32Array;

/** Where a C function writes one result. */
type Out<Value> = [Value];
/** 0, or −1 with the reason in `LGBM_GetLastError`. */
type Status = number;

/** The part of LightGBM's C API that is used here; see `include/LightGBM/c_api.h` of version 4. */
export interface Native {
  LGBM_GetLastError(): string;
  LGBM_RegisterLogCallback(callback: bigint): Status;
  LGBM_DatasetCreateFromMat(data: NumberArray, type: number, rows: number, columns: number, isRowMajor: number, parameters: string, reference: Handle | null, out: Out<Handle | null>): Status;
  LGBM_DatasetSetField(dataset: Handle, name: string, data: NumberArray, length: number, type: number): Status;
  LGBM_DatasetSetFeatureNames(dataset: Handle, names: readonly string[], count: number): Status;
  LGBM_DatasetFree(dataset: Handle): Status;
  LGBM_BoosterCreate(train: Handle, parameters: string, out: Out<Handle | null>): Status;
  LGBM_BoosterLoadModelFromString(text: string, iterations: Out<number>, out: Out<Handle | null>): Status;
  LGBM_BoosterFree(booster: Handle): Status;
  LGBM_BoosterAddValidData(booster: Handle, validation: Handle): Status;
  LGBM_BoosterUpdateOneIter(booster: Handle, isFinished: Out<number>): Status;
  LGBM_BoosterGetCurrentIteration(booster: Handle, out: Out<number>): Status;
  LGBM_BoosterGetEvalCounts(booster: Handle, out: Out<number>): Status;
  LGBM_BoosterGetEvalNames(booster: Handle, room: number, count: Out<number>, roomEach: number, needed: Out<number | bigint>, names: readonly Uint8Array[]): Status;
  LGBM_BoosterGetEval(booster: Handle, dataset: number, count: Out<number>, out: Float64Array): Status;
  LGBM_BoosterGetNumPredict(booster: Handle, dataset: number, out: Out<number | bigint>): Status;
  LGBM_BoosterGetPredict(booster: Handle, dataset: number, count: Out<number | bigint>, out: Float64Array): Status;
  LGBM_BoosterCalcNumPredict(booster: Handle, rows: number, kind: number, start: number, iterations: number, out: Out<number | bigint>): Status;
  LGBM_BoosterPredictForMat(booster: Handle, data: NumberArray, type: number, rows: number, columns: number, isRowMajor: number, kind: number, start: number, iterations: number, parameters: string, count: Out<number | bigint>, out: Float64Array): Status;
  LGBM_BoosterSaveModelToString(booster: Handle, start: number, iterations: number, importance: number, room: number, needed: Out<number | bigint>, out: Uint8Array): Status;
  LGBM_BoosterFeatureImportance(booster: Handle, iterations: number, kind: number, out: Float64Array): Status;
  LGBM_BoosterGetNumFeature(booster: Handle, out: Out<number>): Status;
}

const DECLARATIONS: Readonly<Record<keyof Native, string>> = {
  LGBM_GetLastError: 'const char *LGBM_GetLastError()',
  LGBM_RegisterLogCallback: 'int LGBM_RegisterLogCallback(void *callback)',
  LGBM_DatasetCreateFromMat: 'int LGBM_DatasetCreateFromMat(const void *data, int type, int32_t rows, int32_t columns, int is_row_major, const char *parameters, void *reference, _Out_ void **out)',
  LGBM_DatasetSetField: 'int LGBM_DatasetSetField(void *dataset, const char *name, const void *data, int length, int type)',
  LGBM_DatasetSetFeatureNames: 'int LGBM_DatasetSetFeatureNames(void *dataset, const char **names, int count)',
  LGBM_DatasetFree: 'int LGBM_DatasetFree(void *dataset)',
  LGBM_BoosterCreate: 'int LGBM_BoosterCreate(void *train, const char *parameters, _Out_ void **out)',
  LGBM_BoosterLoadModelFromString: 'int LGBM_BoosterLoadModelFromString(const char *text, _Out_ int *iterations, _Out_ void **out)',
  LGBM_BoosterFree: 'int LGBM_BoosterFree(void *booster)',
  LGBM_BoosterAddValidData: 'int LGBM_BoosterAddValidData(void *booster, void *validation)',
  LGBM_BoosterUpdateOneIter: 'int LGBM_BoosterUpdateOneIter(void *booster, _Out_ int *is_finished)',
  LGBM_BoosterGetCurrentIteration: 'int LGBM_BoosterGetCurrentIteration(void *booster, _Out_ int *out)',
  LGBM_BoosterGetEvalCounts: 'int LGBM_BoosterGetEvalCounts(void *booster, _Out_ int *out)',
  LGBM_BoosterGetEvalNames: 'int LGBM_BoosterGetEvalNames(void *booster, int room, _Out_ int *count, size_t room_each, _Out_ size_t *needed, void **names)',
  LGBM_BoosterGetEval: 'int LGBM_BoosterGetEval(void *booster, int dataset, _Out_ int *count, double *out)',
  LGBM_BoosterGetNumPredict: 'int LGBM_BoosterGetNumPredict(void *booster, int dataset, _Out_ int64_t *out)',
  LGBM_BoosterGetPredict: 'int LGBM_BoosterGetPredict(void *booster, int dataset, _Out_ int64_t *count, double *out)',
  LGBM_BoosterCalcNumPredict: 'int LGBM_BoosterCalcNumPredict(void *booster, int rows, int kind, int start, int iterations, _Out_ int64_t *out)',
  LGBM_BoosterPredictForMat: 'int LGBM_BoosterPredictForMat(void *booster, const void *data, int type, int32_t rows, int32_t columns, int is_row_major, int kind, int start, int iterations, const char *parameters, _Out_ int64_t *count, double *out)',
  LGBM_BoosterSaveModelToString: 'int LGBM_BoosterSaveModelToString(void *booster, int start, int iterations, int importance, int64_t room, _Out_ int64_t *needed, void *out)',
  LGBM_BoosterFeatureImportance: 'int LGBM_BoosterFeatureImportance(void *booster, int iterations, int kind, double *out)',
  LGBM_BoosterGetNumFeature: 'int LGBM_BoosterGetNumFeature(void *booster, _Out_ int *out)',
};

/** Where the native libraries are. */
export interface LibraryFiles {
  /** LightGBM's own. */
  readonly path: string;
  /** OpenMP's, to be loaded before it; `null` where the system finds it. */
  readonly openmp: string | null;
}

const loaded = new Map<string, Native>();

/**
 * LightGBM's functions; the library is loaded once in a process.
 * @throws DataError `NO_LIGHTGBM` where the file cannot be loaded
 */
export function loadNative({ path, openmp }: LibraryFiles): Native {
  const known = loaded.get(path);
  if (known !== undefined) return known;
  try {
    waitPassively();
    // Its name is the one that LightGBM asks for, so that the system looks no further.
    if (openmp !== null) koffi.load(openmp);
    const library = koffi.load(path);
    const native = Object.fromEntries(Object.entries(DECLARATIONS).map(([name, declaration]) => [name, library.func(declaration)])) as unknown as Native;
    loaded.set(path, native);
    return native;
  } catch (cause) {
    const message = `expected LightGBM's library (version 4), found "${path}", which cannot be loaded: ${describeError(cause)}`;
    throw new DataError(message, { code: 'NO_LIGHTGBM', fields: { path, openmp }, cause });
  }
}

/**
 * Makes OpenMP's threads sleep between two pieces of work, where nothing else was said: spinning ones take the cores from
 * everybody else, and when those are taken, training takes many times longer.
 *
 * OpenMP reads the variable from the process when it is loaded. The `env` of a worker thread does not get there, it is an
 * object of JavaScript only; so the C library is asked.
 */
function waitPassively(): void {
  if (process.platform === 'win32') return; // its OpenMP is part of the compiler's run time and has no such variable
  koffi.load(null).func('int setenv(const char *name, const char *value, int overwrite)')('OMP_WAIT_POLICY', 'passive', 0);
}
