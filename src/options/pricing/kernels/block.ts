import { CODE } from './code.js';

/** Rows that are worked on at a time: all columns of a block stay in the second-level cache, and those of the caller are read and written in long pieces. */
export const BLOCK = 1024;

/** From one column to the next, in rows, as in assembly/columns.ts. */
const STRIDE = 1032;

/** Columns of a block in the order of assembly/columns.ts. */
const COLUMNS = [
  'sign', 'spot', 'strike', 'years', 'rate', 'dividendYield', 'volatility', 'assetValue', 'strikeValue', 'moneyness', 'rootYears', 'perDeviation', 'first', 'second', 'kernel', 'asset', 'cash',
  'regular', 'delta', 'gamma', 'vega', 'theta', 'rho',
] as const;

/**
 * What the value and all Greeks of a block of options are made of, each [row]:
 * inputs (`sign` 1 for a call, −1 for a put); `assetValue` S e^(−qT) and `strikeValue` K e^(−rT), `moneyness` the logarithm of their ratio;
 * `rootYears` √T; `perDeviation` 1/(σ√T), 0 where every term with it vanishes; `first` and `second` d1 and d2;
 * `kernel` S e^(−qT) φ(d1) = K e^(−rT) φ(d2); `asset` S e^(−qT) Φ(±d1); `cash` K e^(−rT) Φ(±d2); `regular` 0 where there is no density;
 * and the five Greeks of daily use.
 */
export type Terms = Readonly<Record<(typeof COLUMNS)[number], Float64Array>>;

/** A block of options in the memory of the compiled kernels, two rows at a time in the lanes of a vector. */
export interface Block {
  readonly terms: Terms;
  /** Fills all terms but the Greeks from the inputs of the first `count` rows; whether some row is not regular. */
  readonly fill: (count: number, hasYield: boolean) => boolean;
  /** Fills the five Greeks from the terms. */
  readonly sensitivities: (count: number) => void;
}

/** The part of WebAssembly's interface that is used here; TypeScript has it among the types of browsers only. */
interface WasmEngine {
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  columns(): number;
  terms(count: number, hasYield: boolean): number;
  sensitivities(count: number): void;
}

/** Compiles the kernels, 3 kB, at once. */
export function createBlock(): Block {
  const { Module, Instance } = (globalThis as unknown as { readonly WebAssembly: WasmEngine }).WebAssembly;
  const kernels = new Instance(new Module(Uint8Array.from(atob(CODE), (letter) => letter.charCodeAt(0))), {}).exports as Exports;
  const from = kernels.columns();
  const column = (i: number): Float64Array => new Float64Array(kernels.memory.buffer, from + i * STRIDE * Float64Array.BYTES_PER_ELEMENT, BLOCK);
  return {
    terms: Object.fromEntries(COLUMNS.map((name, i) => [name, column(i)])) as unknown as Terms,
    fill: (count, hasYield) => kernels.terms(count, hasYield) !== 0,
    sensitivities: (count) => kernels.sensitivities(count),
  };
}
