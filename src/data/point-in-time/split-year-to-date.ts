import type { EpochDay } from '../../core/dates.js';

/** A figure as filed: what it covers, from when it was known. */
export interface FiledFigure {
  /** Fiscal months counted through: the span covers the `months` that end with it. */
  readonly endMonth: number;
  /** 3: a quarter; 6, 9, 12: the fiscal year to date. */
  readonly months: number;
  readonly knownFrom: EpochDay;
  readonly value: number;
}

/** The value of a single quarter as known from a session on, until a later row for the same quarter. */
export interface QuarterFigure {
  readonly endMonth: number;
  readonly knownFrom: EpochDay;
  readonly value: number;
}

interface Span {
  value: number;
  readonly firstKnown: EpochDay;
}

/** Calendar days within which the next quarter of a year is filed; what is filed later, or before, carries a wrong label. */
const NEXT_FILING = 200;

/**
 * Single quarters out of figures of quarters and of the fiscal year to date, each by what was filed until then.
 *
 * A quarter filed as such stands as it is. Else it is the year to date less that of the quarter before, or less the quarters
 * before; it is known from the later of the filings, and a restatement of either gives a new row from then on. Spans that
 * were not filed in the order of the year are not subtracted.
 *
 * @param figures of one company, concept and source, ascending by `knownFrom`; of the same span and day the last one counts
 * @returns rows ascending by `knownFrom`, only where a value changes
 */
export function splitYearToDate(figures: readonly FiledFigure[]): QuarterFigure[] {
  const spans = new Map<number, Span>();
  const known = new Map<number, Span>();
  const result: QuarterFigure[] = [];
  const toDate = figures.some(({ months }) => months > 3); // else no quarter depends on another
  for (let from = 0, to: number; from < figures.length; from = to) {
    const { knownFrom } = figures[from];
    for (to = from; to < figures.length && figures[to].knownFrom === knownFrom; to++) record(spans, figures[to]);
    const touched = new Set(figures.slice(from, to).flatMap(({ endMonth }) => (toDate ? [endMonth, endMonth + 3, endMonth + 6, endMonth + 9] : [endMonth])));
    for (const endMonth of [...touched].sort((a, b) => a - b)) {
      const value = quarterValue(spans, known, endMonth);
      const before = known.get(endMonth);
      if (value === null || value === before?.value) continue;
      known.set(endMonth, { value, firstKnown: before?.firstKnown ?? knownFrom });
      result.push({ endMonth, knownFrom, value });
    }
  }
  return result;
}

/** A number of its own for each span of at most a year. */
const spanKey = (endMonth: number, months: number): number => endMonth * 16 + months;

function record(spans: Map<number, Span>, { endMonth, months, knownFrom, value }: FiledFigure): void {
  const key = spanKey(endMonth, months);
  spans.set(key, { value, firstKnown: spans.get(key)?.firstKnown ?? knownFrom });
}

function quarterValue(spans: ReadonlyMap<number, Span>, known: ReadonlyMap<number, Span>, endMonth: number): number | null {
  const single = spans.get(spanKey(endMonth, 3));
  if (single) return single.value;
  for (const months of [6, 9, 12]) {
    const toDate = spans.get(spanKey(endMonth, months));
    if (!toDate) continue;
    const before = spans.get(spanKey(endMonth - 3, months - 3));
    if (before && inOrder(before, toDate)) return toDate.value - before.value;
    const quarters = Array.from({ length: months / 3 - 1 }, (_, i) => known.get(endMonth - 3 * (i + 1)));
    if (quarters.every((quarter) => quarter !== undefined) && inOrder(quarters[0], toDate)) return quarters.reduce((rest, { value }) => rest - value, toDate.value);
  }
  return null;
}

function inOrder(before: Span, after: Span): boolean {
  return after.firstKnown >= before.firstKnown && after.firstKnown - before.firstKnown <= NEXT_FILING;
}
