import type { EpochDay } from '../core/dates.js';
import type { Vintages } from '../table/vintages.js';

const DAYS_PER_QUARTER = 365.25 / 4;
/** Quarters of 12 to 14 weeks, and names of quarters by month ends, lie within this of an even spacing. */
const QUARTER_TOLERANCE = 25;

/** What was known of a table at some session: of each period the newest value, restated or not. */
export class KnownPeriods {
  readonly #periods: EpochDay[] = [];
  readonly #values: number[] = [];
  #newestSince = Number.NaN;

  /** Periods known, ascending. */
  get periods(): readonly EpochDay[] {
    return this.#periods;
  }

  /** [period] */
  get values(): readonly number[] {
    return this.#values;
  }

  /** The newest period, NaN while there is none. */
  get newest(): EpochDay {
    return this.#periods.at(-1) ?? Number.NaN;
  }

  /** First session at which the newest period was known, as it was or restated later. */
  get newestSince(): EpochDay {
    return this.#newestSince;
  }

  learn(period: EpochDay, value: number, knownFrom: EpochDay): void {
    let at = this.#periods.length;
    while (at > 0 && this.#periods[at - 1] > period) at--;
    if (at > 0 && this.#periods[at - 1] === period) {
      this.#values[at - 1] = value;
      return;
    }
    this.#periods.splice(at, 0, period);
    this.#values.splice(at, 0, value);
    if (at === this.#periods.length - 1) this.#newestSince = knownFrom;
  }

  /** Value of the period nearest to a day, NaN when none lies within `tolerance` days of it. */
  near(day: EpochDay, tolerance: number): number {
    let [value, distance] = [Number.NaN, tolerance];
    for (let i = this.#periods.length - 1; i >= 0 && this.#periods[i] >= day - tolerance; i--) {
      const gap = Math.abs(this.#periods[i] - day);
      if (gap > distance) continue;
      [value, distance] = [this.#values[i], gap];
    }
    return value;
  }

  /** Value `quarters` quarters before the newest one, or before the quarter that a day names; NaN when it is not known. */
  quarter(quarters: number, newest: EpochDay = this.newest): number {
    return this.near(newest - quarters * DAYS_PER_QUARTER, QUARTER_TOLERANCE);
  }
}

export interface AsKnownOptions {
  /** Calendar days after which the newest period of the first table says nothing about the present: NaN. */
  readonly maxAge: number;
  /** Whether they count from the session at which it was known or from the period itself. */
  readonly since: 'known' | 'period';
}

/**
 * A statistic of tables by what was known at each session, [session]; NaN while the first table has no value.
 *
 * @param tables an absent one counts as empty
 * @param sessions epoch days, ascending
 * @param statistic called once for each session that brought something new
 */
export function asKnown(tables: readonly (Vintages | undefined)[], sessions: Int32Array, statistic: (known: readonly KnownPeriods[], session: EpochDay) => number, { maxAge, since }: AsKnownOptions): Float64Array {
  const result = new Float64Array(sessions.length).fill(Number.NaN);
  const known = tables.map(() => new KnownPeriods());
  const next = new Int32Array(tables.length);
  let value = Number.NaN;
  for (let t = 0; t < sessions.length; t++) {
    let changed = false;
    for (let i = 0; i < tables.length; i++) {
      const table = tables[i];
      if (table === undefined) continue;
      for (; next[i] < table.knownFrom.length && table.knownFrom[next[i]] <= sessions[t]; next[i]++) {
        known[i].learn(table.period[next[i]], table.value[next[i]], table.knownFrom[next[i]]);
        changed = true;
      }
    }
    const [first] = known;
    if (changed) value = first.periods.length === 0 ? Number.NaN : statistic(known, sessions[t]);
    if (sessions[t] - (since === 'known' ? first.newestSince : first.newest) <= maxAge && Number.isFinite(value)) result[t] = value;
  }
  return result;
}
