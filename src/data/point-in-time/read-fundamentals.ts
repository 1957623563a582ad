import type { DuckDBConnection } from '@duckdb/node-api';

import { fromEpochDay, toEpochDay, type EpochDay, type IsoDate } from '../../core/dates.js';
import { vintages, type VintageRow } from '../../table/vintages.js';
import { codedText } from '../store/coded-text.js';
import type { Store } from '../store/store.js';
import { isFlow, type ConceptVintages } from './concepts.js';
import { fiscalMonthOfDay, fiscalQuarterNames } from './fiscal-month.js';
import { instrumentsOf } from './instruments.js';
import { knownFromInstant } from './known-from.js';
import { splitYearToDate } from './split-year-to-date.js';

/** Sources in the order in which they are taken when several say the same quarter on the same day; then others by name. */
export const SOURCE_PRECEDENCE: readonly string[] = ['cumulative-filings', 'quarterly-filings', 'quarterly-first-seen'];

interface Figure {
  readonly concept: string;
  readonly source: string;
  readonly endMonth: number;
  /** The day the source gives as end; null where it only names the fiscal quarter. */
  readonly endDay: EpochDay | null;
  /** 0 for a level or where the source does not say. */
  readonly months: number;
  readonly knownFrom: EpochDay;
  readonly value: number;
}

/**
 * Reported figures of companies as they were known: single quarters, year-to-date values split, and levels.
 *
 * A value is known from the first session whose decision time is not before its filing (or before it was first seen).
 * Flows filed for the year to date are split by `splitYearToDate`; ratios and per-share values of more than a quarter are
 * left out, as they do not add up. `period` is the end of the fiscal quarter as the source gives it; where it only
 * names the quarter, the end of a calendar quarter by `fiscalQuarterNames`. A concept keeps the kind of name first known.
 * Of several sources the first that knew a quarter keeps it (on the same day by `SOURCE_PRECEDENCE`), so that no
 * change of source looks like a restatement.
 *
 * @param through the last session: nothing that was not known at its decision time is read
 * @returns by instrument and concept; without a fundamentals dataset nothing
 */
export async function readFundamentals(store: Store, symbols: readonly string[], through: IsoDate): Promise<ReadonlyMap<string, ConceptVintages>> {
  return store.query(async (connection, manifest) => {
    if (!manifest.datasets['fundamentals']?.rows || symbols.length === 0) return new Map();
    const wanted = new Set(symbols);
    const instrumentOf = await instrumentsOf(connection, manifest);
    const last = toEpochDay(through);
    const companies = new Map<string, Figure[]>();
    for (const { symbol, figure } of await figures(connection, last)) {
      const instrument = instrumentOf(symbol, figure.knownFrom);
      if (!wanted.has(instrument)) continue;
      const list = companies.get(instrument);
      if (list) list.push(figure);
      else companies.set(instrument, [figure]);
    }
    return new Map([...companies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([symbol, list]) => [symbol, companyVintages(list)]));
  });
}

/** Every figure known by a session, ascending by when it was filed. */
async function figures(connection: DuckDBConnection, last: EpochDay): Promise<{ readonly symbol: string; readonly figure: Figure }[]> {
  const from = `(select * from fundamentals where value is not null and filed_at < timestamp '${fromEpochDay(last + 2)}')`;
  const [symbols, concepts, sources] = [await codedText(connection, from, 'symbol'), await codedText(connection, from, 'concept'), await codedText(connection, from, 'source')];
  const sql = `select ${symbols.code} as s, ${concepts.code} as c, ${sources.code} as o, cast(fiscal_year * 12 + fiscal_quarter * 3 as integer), cast(period_end - date '1970-01-01' as integer), cast(coalesce(months, 0) as integer) as m, cast(epoch_ms(filed_at) as double), value
    from ${from} order by filed_at, s, c, o, fiscal_year, fiscal_quarter, period_end, m`;
  const [symbol = [], concept, source, label, end, months, filed, value] = (await connection.runAndReadAll(sql)).getColumns() as (number | null)[][];
  const found: { symbol: string; figure: Figure }[] = [];
  for (let i = 0; i < symbol.length; i++) {
    const knownFrom = knownFromInstant(filed[i]!);
    if (knownFrom > last) continue;
    const endDay = end[i];
    const endMonth = endDay === null ? label[i]! : fiscalMonthOfDay(endDay);
    found.push({ symbol: symbols.names[symbol[i]!], figure: { concept: concepts.names[concept[i]!], source: sources.names[source[i]!], endMonth, endDay, months: months[i]!, knownFrom, value: value[i]! } });
  }
  return found;
}

type Frame = 'end' | 'label';

const frameOf = ({ endDay }: Figure): Frame => (endDay === null ? 'label' : 'end');

interface NamedQuarter extends VintageRow {
  readonly source: string;
  readonly frame: Frame;
}

function companyVintages(list: readonly Figure[]): ConceptVintages {
  const named = [...groupBy(list, ({ source }) => source).values()].flatMap(withPeriods);
  const concepts = groupBy(named, ({ concept }) => concept);
  return new Map([...concepts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([concept, figuresOf]) => {
    const quarters = [...groupBy(figuresOf, (figure) => `${figure.source} ${frameOf(figure)}`).values()].flatMap((group) => quartersOf(concept, group));
    return [concept, vintages(oneSourceAQuarter(quarters))] as const;
  }));
}

interface NamedFigure extends Figure {
  readonly period: EpochDay;
}

/** Figures of one source, ascending by filing, with the day that names their quarter. */
function withPeriods(list: readonly Figure[]): NamedFigure[] {
  const nameOf = fiscalQuarterNames();
  return list.map((figure) => ({ ...figure, period: figure.endDay ?? nameOf(figure.endMonth, figure.knownFrom) }));
}

function groupBy<T>(list: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const name = key(one);
    const group = groups.get(name);
    if (group) group.push(one);
    else groups.set(name, [one]);
  }
  return groups;
}

/** Single quarters, or levels, of one concept as one source gives them. */
function quartersOf(concept: string, figures: readonly NamedFigure[]): NamedQuarter[] {
  const { source } = figures[0];
  const frame = frameOf(figures[0]);
  const flow = isFlow(concept);
  const usable = figures.filter(({ months }) => flow || months === 0 || months === 3);
  const periods = new Map<number, EpochDay>();
  for (const { endMonth, period } of usable) if (!periods.has(endMonth)) periods.set(endMonth, period);
  // a level, and a value of which the source does not say what it covers, stand like a quarter
  return splitYearToDate(usable.map(({ endMonth, months, knownFrom, value }) => ({ endMonth, months: months || 3, knownFrom, value }))).map(({ endMonth, knownFrom, value }) => ({ source, frame, knownFrom, value, period: periods.get(endMonth)! }));
}

const precedence = (source: string): number => (SOURCE_PRECEDENCE.includes(source) ? SOURCE_PRECEDENCE.indexOf(source) : SOURCE_PRECEDENCE.length);

/** Keeps of each quarter the rows of the source that knew it first, and only quarters named as the first one known is. */
function oneSourceAQuarter(quarters: readonly NamedQuarter[]): NamedQuarter[] {
  const order = [...quarters].sort((a, b) => a.knownFrom - b.knownFrom || precedence(a.source) - precedence(b.source) || (a.source < b.source ? -1 : a.source > b.source ? 1 : a.period - b.period));
  const holder = new Map<EpochDay, string>();
  return order.filter(({ frame, source, period }) => {
    if (frame !== order[0].frame) return false;
    if (!holder.has(period)) holder.set(period, source);
    return holder.get(period) === source;
  });
}
