import type { DuckDBConnection } from '@duckdb/node-api';

import { fromEpochDay, toEpochDay, type EpochDay, type IsoDate } from '../../core/dates.js';
import { vintages, type Vintages } from '../../table/vintages.js';
import { codedText } from '../store/coded-text.js';
import type { Manifest } from '../store/manifest.js';
import type { Store } from '../store/store.js';
import { instrumentsOf } from './instruments.js';
import { knownFromInstant, knownFromReport } from './known-from.js';
import type { EarningsHistory } from './earnings-history.js';

/** Item of an 8-K by which results are filed. */
export const RESULTS_ITEM = '2.02';

const FIGURES = ['eps_actual', 'eps_estimate', 'revenue_actual', 'revenue_estimate'] as const;

interface Report {
  readonly symbol: string;
  readonly day: EpochDay;
  readonly knownFrom: EpochDay;
  readonly source: string;
  /** Of a calendar of results, not of a filing date alone: in the order of `FIGURES`. */
  readonly figures: readonly (number | null)[] | null;
}

/** Calendar days between which two sources mean the same report. */
const SAME_REPORT = 10;

/** Calendar days after a report within which a filing of results is none of the next quarter: corrected or preliminary figures, results of a part. */
const SAME_QUARTER = 45;

/**
 * Reports of earnings as they were known: their days, and estimate and actual of each.
 *
 * A report is known from its own session when the source says before the open or after the close, else from the next
 * one, and never before it was first seen; one that is still to come is not there. Of several sources the first that knew a
 * report (within ten days) keeps it, on the same day by name, so that estimate and actual are always of one source.
 *
 * Filings (8-K, item 2.02) add days of reports that no calendar has, but not every one is a report: companies also file
 * preliminary figures and corrections under this item. A filing counts only when no report that counts and was known by then lies
 * within 45 days before it; reports of a calendar always count, unless within ten days of one that does. What counted is never taken back:
 * where preliminary figures were filed first and no calendar has the report, their day stands for it.
 *
 * @param through the last session: nothing that was not known at its decision time is read
 * @returns by instrument; without the datasets earnings and filings nothing
 */
export async function readEarnings(store: Store, symbols: readonly string[], through: IsoDate): Promise<ReadonlyMap<string, EarningsHistory>> {
  return store.query(async (connection, manifest) => {
    const instrumentOf = await instrumentsOf(connection, manifest);
    const wanted = new Set(symbols);
    const last = toEpochDay(through);
    const companies = new Map<string, Report[]>();
    for (const report of await reports(connection, manifest, last)) {
      const instrument = instrumentOf(report.symbol, report.day);
      if (report.knownFrom > last || !wanted.has(instrument)) continue;
      const list = companies.get(instrument);
      if (list) list.push(report);
      else companies.set(instrument, [report]);
    }
    return new Map([...companies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([symbol, list]) => [symbol, earningsHistory(list)]));
  });
}

async function reports(connection: DuckDBConnection, { datasets }: Manifest, last: EpochDay): Promise<Report[]> {
  const calendar = datasets['earnings']?.rows ? await calendarReports(connection, last) : [];
  return datasets['filings']?.rows ? [...calendar, ...(await filedReports(connection, last))] : calendar;
}

/** Reports that have come and of which a calendar has the outcome. */
async function calendarReports(connection: DuckDBConnection, last: EpochDay): Promise<Report[]> {
  const from = `(select * from earnings where report_date <= date '${fromEpochDay(last)}' and (eps_actual is not null or revenue_actual is not null))`;
  const symbols = await codedText(connection, from, 'symbol');
  const sources = await codedText(connection, from, 'source');
  const sql = `select ${symbols.code}, ${sources.code}, cast(report_date - date '1970-01-01' as integer), cast(coalesce(time_of_day in ('bmo', 'amc'), false) as integer), cast(epoch_ms(first_seen_at) as double), ${FIGURES.join(', ')} from ${from}`;
  const [symbol = [], source, day, timed, seen, ...figures] = (await connection.runAndReadAll(sql)).getColumns() as (number | null)[][];
  return symbol.map((code, i) => {
    const reported = knownFromReport(day[i]!, timed[i] === 1);
    const knownFrom = seen[i] === null ? reported : Math.max(reported, knownFromInstant(seen[i]));
    return { symbol: symbols.names[code!], day: day[i]!, knownFrom, source: sources.names[source[i]!], figures: figures.map((column) => column[i]) };
  });
}

/** Days on which results were filed. */
async function filedReports(connection: DuckDBConnection, last: EpochDay): Promise<Report[]> {
  const from = `(select * from filings where item = '${RESULTS_ITEM}' and filed_at < timestamp '${fromEpochDay(last + 2)}')`;
  const symbols = await codedText(connection, from, 'symbol');
  // a date alone stands as the end of that day: a second before, it is still that day in New York
  const day = `cast(cast(timezone('America/New_York', timezone('UTC', filed_at) - interval 1 second) as date) - date '1970-01-01' as integer)`;
  const [symbol = [], instant, days] = (await connection.runAndReadAll(`select ${symbols.code}, cast(epoch_ms(filed_at) as double), ${day} from ${from}`)).getColumns() as number[][];
  return symbol.map((code, i) => ({ symbol: symbols.names[code], day: days[i], knownFrom: knownFromInstant(instant[i]), source: '', figures: null }));
}

function earningsHistory(list: readonly Report[]): EarningsHistory {
  const order = [...list].sort((a, b) => a.knownFrom - b.knownFrom || Number(a.figures === null) - Number(b.figures === null) || (a.source < b.source ? -1 : a.source > b.source ? 1 : a.day - b.day));
  const events = firstOfEach(order);
  const detailed = firstOfEach(order.filter(({ figures }) => figures !== null));
  const of = (name: (typeof FIGURES)[number]): Vintages => vintages(detailed.flatMap(({ knownFrom, day, figures }) => {
    const value = figures![FIGURES.indexOf(name)];
    return value === null ? [] : [{ knownFrom, period: day, value }];
  }));
  return {
    reports: vintages(events.map(({ knownFrom, day }) => ({ knownFrom, period: day, value: day }))),
    epsActual: of('eps_actual'),
    epsEstimate: of('eps_estimate'),
    revenueActual: of('revenue_actual'),
    revenueEstimate: of('revenue_estimate'),
  };
}

/** One row a report: the first that knew it, `order` being that in which they were known. Each row depends on those before it only. */
function firstOfEach(order: readonly Report[]): Report[] {
  const kept: Report[] = [];
  const same = new Set<EpochDay>();
  const soonAfter = new Set<EpochDay>();
  for (const report of order) {
    const { day, figures } = report;
    if (same.has(day) || (figures === null && soonAfter.has(day))) continue;
    for (let near = day - SAME_REPORT; near <= day + SAME_REPORT; near++) same.add(near);
    for (let after = day; after <= day + SAME_QUARTER; after++) soonAfter.add(after);
    kept.push(report);
  }
  return kept;
}
