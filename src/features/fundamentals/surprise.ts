import type { FeatureCard, SeriesFeature } from '../feature.js';
import { asKnown, type KnownPeriods } from '../known-periods.js';

/** Calendar days after which the last report says nothing about the present. */
const MAX_AGE = 200;
/** Calendar days between two reports in a row. */
const LONGEST_QUARTER = 136;
/** Reports of which the mean is taken, and how many of them must have both numbers. */
const MEAN_OF = 4;
const MIN_KNOWN = 3;
const LONGEST_STREAK = 8;

type Figure = 'eps' | 'revenue';

/** Surprises of the newest reports in a row, newest first, NaN where a number is missing; within ±2. */
function surprises([actual, estimate]: readonly KnownPeriods[], count: number): number[] {
  const { periods } = actual;
  const result: number[] = [];
  for (let i = periods.length - 1; i >= 0 && result.length < count; i--) {
    if (i < periods.length - 1 && periods[i + 1] - periods[i] > LONGEST_QUARTER) break;
    const [reported, expected] = [actual.near(periods[i], 0), estimate.near(periods[i], 0)];
    // both zero: nothing was expected and nothing came
    result.push(reported === expected ? 0 : (2 * (reported - expected)) / (Math.abs(reported) + Math.abs(expected)));
  }
  return result;
}

function reportFeature(card: Pick<FeatureCard, 'name' | 'describe' | 'formula' | 'unit' | 'source'>, figure: Figure, statistic: (known: readonly KnownPeriods[]) => number): SeriesFeature {
  const [actual, estimate] = [`${figure}Actual`, `${figure}Estimate`];
  return {
    ...card,
    kind: 'series',
    family: 'fundamentals',
    describe: `${card.describe}; by reports published by then, NaN ${MAX_AGE} days after the last one`,
    lookback: 0,
    inputs: [`earnings:${actual}`, `earnings:${estimate}`],
    compute: ({ tables, sessions }) => asKnown([tables.earnings.get(actual), tables.earnings.get(estimate)], sessions, statistic, { maxAge: MAX_AGE, since: 'period' }),
  };
}

const SCALED = 'over the mean of their sizes, from −2 to 2, as small estimates would else rule';

export const earningsSurprise: SeriesFeature = reportFeature(
  {
    name: 'earnings-surprise',
    describe: `earnings a share of the last report less their estimate, ${SCALED}`,
    formula: '2 (actual − estimate) / (|actual| + |estimate|)',
    unit: 'ratio',
    source: 'Livnat and Mendenhall (2006), surprise against analysts; scaled by the numbers themselves instead of the price',
  },
  'eps',
  (known) => surprises(known, 1)[0],
);

export const revenueSurprise: SeriesFeature = reportFeature(
  {
    name: 'revenue-surprise',
    describe: `revenue of the last report less its estimate, ${SCALED}`,
    formula: '2 (actual − estimate) / (|actual| + |estimate|)',
    unit: 'ratio',
    source: 'Jegadeesh and Livnat (2006), revenue surprises; against the estimate',
  },
  'revenue',
  (known) => surprises(known, 1)[0],
);

export const meanEarningsSurprise: SeriesFeature = reportFeature(
  {
    name: 'mean-earnings-surprise',
    describe: `mean earnings surprise of the last ${MEAN_OF} reports in a row, at least ${MIN_KNOWN} of them known`,
    formula: `mean(earnings-surprise, ${MEAN_OF} reports)`,
    unit: 'ratio',
    source: 'own definition; surprises of neighbouring quarters go together: Bernard and Thomas (1990)',
  },
  'eps',
  (known) => {
    const found = surprises(known, MEAN_OF).filter((surprise) => !Number.isNaN(surprise));
    return found.length < MIN_KNOWN ? Number.NaN : found.reduce((sum, surprise) => sum + surprise, 0) / found.length;
  },
);

export const surpriseStreak: SeriesFeature = reportFeature(
  {
    name: 'earnings-surprise-streak',
    describe: `number of reports in a row, the last one included and at most ${LONGEST_STREAK}, that beat their estimate; negative when they missed it`,
    formula: 'sign(surprise) · #{newest reports whose surprise has that sign}',
    unit: 'ratio',
    source: 'own definition; Loh and Warachka (2012), streaks of surprises',
  },
  'eps',
  (known) => {
    const signs = surprises(known, LONGEST_STREAK).map(Math.sign);
    const end = signs.findIndex((sign) => sign !== signs[0]);
    return signs[0] * (end < 0 ? signs.length : end);
  },
);
