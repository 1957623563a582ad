import type { FeatureCard, SeriesFeature } from '../feature.js';
import { asKnown, type KnownPeriods } from '../known-periods.js';

/** Calendar days after its first filing at which a quarter says nothing about the present: the next one is half a quarter late. */
export const FILING_MAX_AGE = 200;

export interface QuarterCard extends Pick<FeatureCard, 'name' | 'describe' | 'formula' | 'unit' | 'source'> {
  /** Concepts read; the newest quarter of the first one is the quarter meant. */
  readonly concepts: readonly string[];
}

/**
 * A feature of filed quarters, restated values replacing the first ones from the session they were known.
 * @param statistic by what was known of each concept; NaN where a quarter it needs is not known
 */
export function quarterFeature({ concepts, describe, ...card }: QuarterCard, statistic: (known: readonly KnownPeriods[]) => number): SeriesFeature {
  return {
    ...card,
    kind: 'series',
    family: 'fundamentals',
    describe: `${describe}; as filed by then, NaN ${FILING_MAX_AGE} days after the newest filing`,
    lookback: 0,
    inputs: concepts.map((concept) => `fundamentals:${concept}` as const),
    compute: ({ tables, sessions }) => asKnown(concepts.map((concept) => tables.fundamentals.get(concept)), sessions, statistic, { maxAge: FILING_MAX_AGE, since: 'known' }),
  };
}

/** Sum of four quarters in a row of which the newest is `quarters` quarters before `newest`; NaN unless all are known. */
export function yearOf(known: KnownPeriods, newest: number, quarters = 0): number {
  let sum = 0;
  for (let k = 0; k < 4; k++) sum += known.quarter(quarters + k, newest);
  return sum;
}

/** now / before − 1, NaN unless both are positive. */
export function growth(now: number, before: number): number {
  return now > 0 && before > 0 ? now / before - 1 : Number.NaN;
}
