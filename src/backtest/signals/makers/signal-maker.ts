import type { ColumnSignals } from '../walk-column.js';
import type { Windows } from './windows.js';

/** Bars of one instrument, only those that have a close, [bar]; the other prices may be missing. */
export interface MakerSeries {
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}

export interface MakerParam {
  readonly describe: string;
  /** Bounds, both inclusive. */
  readonly least: number;
  readonly most: number;
  readonly isWhole: boolean;
}

/** Values of the parameters of a maker, by name. */
export type MakerParams = Readonly<Record<string, number>>;

/**
 * Turns bars into entries and exits.
 *
 * What it says of a bar rests on that bar and those before it (prefix law). It is found by its name, as functions do not travel between threads.
 */
export interface SignalMaker {
  readonly name: string;
  /** When it enters and leaves, one sentence. */
  readonly describe: string;
  /** Author, year; `null` where it is common property. */
  readonly source: string | null;
  readonly params: Readonly<Record<string, MakerParam>>;
  /** What is wrong with parameters that are each within bounds, as "expected …, found …"; `null` where nothing is. */
  readonly conflict?: (params: MakerParams) => string | null;
  /**
   * Writes 1 where it says so, [bar]; `into` holds zeros.
   * @param windows indicators of the series that other parameters may share
   */
  readonly make: (series: MakerSeries, params: MakerParams, windows: Windows, into: ColumnSignals) => void;
}

/** A whole number of bars. */
export function barCount(describe: string, least = 1): MakerParam {
  return { describe, least, most: 10_000, isWhole: true };
}
