import { XNYS } from '../../core/calendar.js';
import { isoDate, type IsoDate } from '../../core/dates.js';
import { quantile } from '../../math/stats.js';
import { literal, rows, type Connection } from '../store/duckdb.js';

/**
 * When a source's open interest was settled.
 *
 * `as-documented`: the evening before its stamp, so that a decision at the stamp knows it. `stamped-early`: on the day of its stamp, which
 * nobody knows before the next morning: such a source looks ahead. `undecided`: neither explains the changes, or too few contracts changed.
 */
export type OpenInterestVerdict = 'as-documented' | 'stamped-early' | 'undecided';

/** Two sessions in a row and the contracts whose open interest changed from one to the other. */
export interface OpenInterestChange {
  readonly first: IsoDate;
  readonly next: IsoDate;
  readonly changed: number;
  /** Share of them whose change is no more than the volume of the first session, and of the next one. */
  readonly withinFirst: number;
  readonly withinNext: number;
}

export interface OpenInterestTiming {
  readonly verdict: OpenInterestVerdict;
  /** Medians of the shares over the pairs of sessions; `null` where too few contracts changed. */
  readonly withinFirst: number | null;
  readonly withinNext: number | null;
  /** Pairs of sessions judged, ascending: those with enough changes. */
  readonly changes: readonly OpenInterestChange[];
}

/** Fewer changed contracts than these say nothing of a pair of sessions. */
const FEWEST_CHANGED = 30;
/** Nearly every change is explained by the volume that made it; blocks cleared late and exercises are the rest. */
const EXPLAINED = 0.9;
/** The volume of the wrong session explains a good part too, as active contracts stay active. */
const APART = 0.1;
/** Pairs that are looked at, evenly over the sessions: more would tell the same. */
const MOST_PAIRS = 12;

/**
 * Tells by the volume when open interest was settled: a contract's open interest cannot change by more than was traded, and that is
 * the volume of d for the change from d to d+1 where stamps are as documented, the volume of d+1 where they are a day early.
 *
 * @param from SQL of rows of `option_chains` that can stand after FROM
 */
export async function openInterestTiming(connection: Connection, from: string): Promise<OpenInterestTiming> {
  const days = (await rows(connection, `select distinct strftime(session, '%Y-%m-%d') as day from ${from} order by 1`)).map(({ day }) => isoDate(String(day)));
  const pairs = days.flatMap((day, i) => (i + 1 < days.length && XNYS.isSession(day) && XNYS.next(day) === days[i + 1] ? [[day, days[i + 1]] as const] : []));
  const chosen = pairs.length <= MOST_PAIRS ? pairs : Array.from({ length: MOST_PAIRS }, (_, i) => pairs[Math.floor((i * pairs.length) / MOST_PAIRS)]);
  const changes: OpenInterestChange[] = [];
  for (const [first, next] of chosen) {
    const change = await changeBetween(connection, from, first, next);
    if (change.changed >= FEWEST_CHANGED) changes.push(change);
  }
  return { ...judge(changes), changes };
}

async function changeBetween(connection: Connection, from: string, first: IsoDate, next: IsoDate): Promise<OpenInterestChange> {
  const known = 'open_interest is not null and volume is not null';
  const of = (day: IsoDate): string => `(select underlying, expiry, strike, "right", volume, open_interest from ${from} where session = ${literal(day)}::date and ${known})`;
  const change = 'abs(b.open_interest - a.open_interest)';
  const [row] = await rows(connection, `select count(*) as changed, count(*) filter (where ${change} <= a.volume) as today, count(*) filter (where ${change} <= b.volume) as tomorrow from ${of(first)} a join ${of(next)} b using (underlying, expiry, strike, "right") where a.open_interest <> b.open_interest`);
  const changed = Number(row['changed']);
  return { first, next, changed, withinFirst: Number(row['today']) / changed, withinNext: Number(row['tomorrow']) / changed };
}

function judge(changes: readonly OpenInterestChange[]): Omit<OpenInterestTiming, 'changes'> {
  if (changes.length === 0) return { verdict: 'undecided', withinFirst: null, withinNext: null };
  const [withinFirst, withinNext] = [median(changes.map((one) => one.withinFirst)), median(changes.map((one) => one.withinNext))];
  const explains = (share: number, other: number): boolean => share >= EXPLAINED && share - other >= APART;
  return { verdict: explains(withinFirst, withinNext) ? 'as-documented' : explains(withinNext, withinFirst) ? 'stamped-early' : 'undecided', withinFirst, withinNext };
}

const median = (values: readonly number[]): number => quantile([...values].sort((a, b) => a - b), 0.5);
