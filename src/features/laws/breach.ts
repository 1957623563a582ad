import { fromEpochDay, type IsoDate } from '../../core/dates.js';
import type { Panel } from '../../table/panel.js';
import type { FeatureInputs } from '../compute/feature-inputs.js';
import type { Feature } from '../feature.js';

export type FeatureLaw = 'prefix' | 'warm-up' | 'scale' | 'daily';

/** Where a feature breaks a law, the first place by session. */
export interface LawBreach {
  readonly law: FeatureLaw;
  readonly feature: string;
  readonly symbol: string;
  readonly session: IsoDate;
  readonly expected: number;
  readonly found: number;
  /** What was done to the inputs. */
  readonly detail: string;
}

/** Where a law stands in the past, and what it compares with. */
export interface LawCuts {
  /** Computed from all sessions. */
  readonly whole: Panel;
  /** Numbers of sessions to stand at. */
  readonly cuts: readonly number[];
  /** Where features that others compare are looked up. */
  readonly known: readonly Feature[];
  /** The inputs as they were then; the rows known by then of the inputs given when absent. */
  readonly asKnown?: (end: number) => FeatureInputs;
  /** Bit for bit when absent. */
  readonly same?: (a: number, b: number) => boolean;
}

/** Bit for bit, NaN equal to NaN. */
export const sameBits = (a: number, b: number): boolean => a === b || (a !== a && b !== b);

/** Rounding where inputs were multiplied by something that is no power of two. */
export const nearly = (a: number, b: number): boolean => sameBits(a, b) || Math.abs(a - b) <= 1e-6 + 5e-5 * Math.abs(b);

export interface Comparison {
  readonly law: FeatureLaw;
  readonly detail: string;
  readonly expected: Panel;
  readonly found: Panel;
  readonly same?: (a: number, b: number) => boolean;
  /** Sessions compared: positions in `found`; all when absent. */
  readonly start?: number;
}

/** The first differing value of each feature at the sessions and symbols that `found` holds. */
export function differences({ law, detail, expected, found, same = sameBits, start = 0 }: Comparison): LawBreach[] {
  const width = found.sessions.length;
  if (width <= start) return [];
  const offset = expected.indexOnOrBefore(found.sessions[start]) - start;
  const rows = found.symbols.map((symbol) => expected.row(symbol));
  return found.columnNames.flatMap((feature) => {
    const [a, b] = [expected.column(feature), found.column(feature)];
    let first: { row: number; t: number } | null = null;
    for (let row = 0; row < found.symbols.length; row++) {
      const end = first?.t ?? width;
      for (let t = start; t < end; t++) {
        if (same(b[row * width + t], a[rows[row] * expected.sessions.length + offset + t])) continue;
        first = { row, t };
        break;
      }
    }
    if (first === null) return [];
    const { row, t } = first;
    return [{ law, feature, symbol: found.symbols[row], session: fromEpochDay(found.sessions[t]), expected: a[rows[row] * expected.sessions.length + offset + t], found: b[row * width + t], detail }];
  });
}
