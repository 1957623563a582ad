import type { IsoDate } from '../core/dates.js';
import { DataError } from '../core/errors.js';
import { literal, rows } from './store/duckdb.js';
import { requireDataset, type Store } from './store/store.js';

/** A stay in an index: from `start` until the day before `end`. */
export interface MembershipInterval {
  readonly symbol: string;
  readonly start: IsoDate;
  readonly end: IsoDate | null;
}

/** Who was in an index when. */
export class Universe {
  readonly name: string;
  readonly intervals: readonly MembershipInterval[];

  constructor(name: string, intervals: readonly MembershipInterval[]) {
    this.name = name;
    this.intervals = intervals;
  }

  /** The members on a date, ascending; known before the open of that date. */
  membersAt(date: IsoDate): string[] {
    const members = this.intervals.filter(({ start, end }) => start <= date && (end === null || date < end));
    return [...new Set(members.map(({ symbol }) => symbol))].sort();
  }

  /** Everyone who was a member at some time in the span, both ends inclusive. */
  membersDuring(first: IsoDate, last: IsoDate): string[] {
    const members = this.intervals.filter(({ start, end }) => start <= last && (end === null || first < end));
    return [...new Set(members.map(({ symbol }) => symbol))].sort();
  }

  isMember(symbol: string, date: IsoDate): boolean {
    return this.intervals.some((interval) => interval.symbol === symbol && interval.start <= date && (interval.end === null || date < interval.end));
  }
}

/** Membership intervals of an index in the store. */
export async function readUniverse(store: Store, name: string): Promise<Universe> {
  return store.query(async (connection, manifest) => {
    requireDataset(manifest, 'membership', store.folder);
    const found = await rows(connection, `select symbol, cast(start_date as varchar) as start, cast(end_date as varchar) as end from membership where coalesce(universe, 'sp500') = ${literal(name)} order by symbol, start_date`);
    if (found.length === 0) {
      const names = (await rows(connection, `select distinct coalesce(universe, 'sp500') as name from membership order by 1`)).map((row) => String(row['name']));
      throw new DataError(`expected one of the universes ${names.join(', ')} in the store, found "${name}"`, { code: 'UNKNOWN_UNIVERSE', fields: { name } });
    }
    return new Universe(name, found as unknown as MembershipInterval[]);
  });
}
