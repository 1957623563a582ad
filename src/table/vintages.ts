import type { EpochDay } from '../core/dates.js';
import { InvariantError } from '../core/errors.js';

/**
 * Values of periods (quarters, months, days), each with the session from whose decision time it was known: the past as it
 * looked then. A period may occur several times: later rows are restatements.
 *
 * Rows ascend by `knownFrom`, then by `period`.
 */
export interface Vintages {
  /** [row] epoch day of the first session at whose decision time the value was known. */
  readonly knownFrom: Int32Array;
  /** [row] epoch day that names the period: its end, or the day observed. */
  readonly period: Int32Array;
  /** [row] */
  readonly value: Float64Array;
}

export interface VintageRow {
  readonly knownFrom: EpochDay;
  readonly period: EpochDay;
  readonly value: number;
}

/**
 * Rows in any order as vintages.
 * @throws InvariantError for a value that is not finite
 */
export function vintages(rows: readonly VintageRow[]): Vintages {
  const bad = rows.find(({ value }) => !Number.isFinite(value));
  if (bad) throw new InvariantError(`expected finite values, found ${bad.value} for the period that ends on epoch day ${bad.period}`);
  const sorted = [...rows].sort((a, b) => a.knownFrom - b.knownFrom || a.period - b.period);
  return {
    knownFrom: Int32Array.from(sorted, (row) => row.knownFrom),
    period: Int32Array.from(sorted, (row) => row.period),
    value: Float64Array.from(sorted, (row) => row.value),
  };
}

/**
 * The value of the newest period known at each session.
 *
 * @param sessions epoch days, ascending [session]
 * @param maxAge calendar days after the period at which its value is too old to stand for the present: NaN
 * @returns [session], NaN where nothing is known
 */
export function latestKnown({ knownFrom, period, value }: Vintages, sessions: Int32Array, maxAge = Number.POSITIVE_INFINITY): Float64Array {
  const result = new Float64Array(sessions.length).fill(Number.NaN);
  let newest = -1;
  let next = 0;
  for (let t = 0; t < sessions.length; t++) {
    for (; next < knownFrom.length && knownFrom[next] <= sessions[t]; next++) if (newest < 0 || period[next] >= period[newest]) newest = next;
    if (newest >= 0 && sessions[t] - period[newest] <= maxAge) result[t] = value[newest];
  }
  return result;
}

/** The rows that were known at the decision time of a session; views on those given. */
export function knownBy({ knownFrom, period, value }: Vintages, session: EpochDay): Vintages {
  let count = 0;
  while (count < knownFrom.length && knownFrom[count] <= session) count++;
  return { knownFrom: knownFrom.subarray(0, count), period: period.subarray(0, count), value: value.subarray(0, count) };
}
