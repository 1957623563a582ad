import { fromEpochDay, type EpochDay } from '../../core/dates.js';
import { InvariantError } from '../../core/errors.js';
import { sameBits } from '../../features/laws/breach.js';
import type { ColumnValues, Panel } from '../../table/panel.js';

/** Where a column of two panels differs. */
export interface ColumnDifference {
  readonly column: string;
  readonly symbol: string;
  /** The first session at which any symbol differs. */
  readonly session: EpochDay;
  readonly whole: number;
  readonly part: number;
  /** Values that differ. */
  readonly count: number;
  /** Whether the part has no such symbol at all. */
  readonly isAbsent: boolean;
  /** Sessions from that one to the last of the part, both counted. */
  readonly reach: number;
}

export interface PanelComparison {
  /** Values compared. */
  readonly compared: number;
  readonly differences: readonly ColumnDifference[];
}

export interface PanelComparisonOptions {
  /** Bit for bit when absent, NaN equal to NaN. */
  readonly same?: (part: number, whole: number) => boolean;
  /** Position in the part from which a column is compared; 0 when absent. */
  readonly from?: (column: string) => number;
}

/**
 * A panel against a part of it that was computed by itself, at the sessions of the part and the symbols of both: one that
 * only one of them has counts as missing in the other.
 * @throws InvariantError when the part has sessions or columns that the whole lacks
 */
export function comparePanels(whole: Panel, part: Panel, { same = sameBits, from = () => 0 }: PanelComparisonOptions = {}): PanelComparison {
  const offset = offsetOf(whole, part);
  const symbols = [...new Set([...whole.symbols, ...part.symbols])];
  let compared = 0;
  const differences = part.columnNames.flatMap((column) => {
    if (!whole.has(column)) throw new InvariantError(`expected the columns of the whole, ${whole.columnNames.join(', ')}, found "${column}" in a part of it`);
    const start = Math.min(from(column), part.sessions.length);
    compared += symbols.length * (part.sessions.length - start);
    const found = columnDifference({ a: whole.column(column), b: part.column(column), whole, part, offset, start, symbols, same });
    return found === null ? [] : [{ column, ...found }];
  });
  return { compared, differences };
}

interface ColumnPair {
  readonly a: ColumnValues;
  readonly b: ColumnValues;
  readonly whole: Panel;
  readonly part: Panel;
  readonly offset: number;
  readonly start: number;
  readonly symbols: readonly string[];
  readonly same: (part: number, whole: number) => boolean;
}

function columnDifference({ a, b, whole, part, offset, start, symbols, same }: ColumnPair): Omit<ColumnDifference, 'column'> | null {
  const [wide, width] = [whole.sessions.length, part.sessions.length];
  let count = 0;
  let first: { symbol: string; t: number; whole: number; part: number } | null = null;
  for (const symbol of symbols) {
    const atA = whole.hasSymbol(symbol) ? whole.row(symbol) * wide + offset : -1;
    const atB = part.hasSymbol(symbol) ? part.row(symbol) * width : -1;
    for (let t = start; t < width; t++) {
      const [x, y] = [atA < 0 ? Number.NaN : a[atA + t], atB < 0 ? Number.NaN : b[atB + t]];
      if (same(y, x)) continue;
      count++;
      if (first === null || t < first.t) first = { symbol, t, whole: x, part: y };
    }
  }
  return first === null ? null : { symbol: first.symbol, session: part.sessions[first.t], whole: first.whole, part: first.part, isAbsent: !part.hasSymbol(first.symbol), count, reach: width - first.t };
}

/** Position of the part's first session in the whole. */
function offsetOf(whole: Panel, part: Panel): number {
  if (part.sessions.length === 0) return 0;
  const offset = whole.indexOnOrBefore(part.sessions[0]);
  const strange = part.sessions.findIndex((day, t) => offset < 0 || whole.sessions[offset + t] !== day);
  if (strange >= 0) throw new InvariantError(`expected sessions of the whole in a part of it, found ${fromEpochDay(part.sessions[strange])}`, { code: 'OTHER_SESSIONS' });
  return offset;
}
