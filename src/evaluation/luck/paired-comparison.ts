import { correlation } from '../../math/correlation.js';
import { mean } from '../../math/stats.js';
import type { Interval } from '../block-bootstrap.js';
import { sharpeOf } from '../overfitting/sharpe-sample.js';
import { yearLength, type AnnualOptions } from '../performance/annual-options.js';
import { excessReturns, type ExcessOptions } from '../performance/excess-returns.js';
import { checkBeside } from '../performance/checked-returns.js';
import { studentisedBootstrap, type StudentisedOptions } from '../studentised-bootstrap.js';
import { differenceOf, meanStatistic, sharpeStatistic } from './sharpe-statistic.js';

/** One figure of two series, and whether chance alone would part them so far; annualized. */
export interface PairedDifference {
  /** `null` where the figure is not defined. */
  readonly a: number | null;
  readonly b: number | null;
  /** a − b. */
  readonly difference: number | null;
  /** 95 % unless told otherwise; `null`, as the rest, where the difference does not vary or there are too few sessions to say. */
  readonly interval: Interval | null;
  /** Two-sided, of the hypothesis that they are equal. */
  readonly pValue: number | null;
  /** Sessions in a block of the bootstrap. */
  readonly block: number | null;
}

/** Plain JSON. */
export interface PairedComparison {
  readonly sessions: number;
  /** Pearson's, of the returns, −1 to 1; `null` where one does not vary. */
  readonly correlation: number | null;
  /** Of excess returns, without unit. */
  readonly sharpe: PairedDifference;
  /** Mean return less the other's, fraction per year. */
  readonly mean: PairedDifference;
}

/**
 * Whether one of two series of returns on the same sessions is better by more than chance: in Sharpe ratio and in mean, by a studentised
 * bootstrap of blocks that keeps the sessions of both together, so that what they share says nothing for either.
 *
 * Takes both as chosen before their returns were seen: of two out of many tries it says too much.
 *
 * @param a  simple returns [session], fraction
 * @param b  those of the other, on the same sessions
 * @throws InvariantError `BAD_RETURNS` where a return is missing or lengths differ
 * @see Ledoit and Wolf (2008), section 3.2
 */
export function pairedComparison(a: ArrayLike<number>, b: ArrayLike<number>, options: StudentisedOptions & AnnualOptions & ExcessOptions): PairedComparison {
  const [first, second] = [excessReturns(a, options, 'pairedComparison'), excessReturns(checkBeside(b, a.length, 'pairedComparison'), options, 'pairedComparison')];
  const year = yearLength(options);
  const [sharpeA, sharpeB] = [sharpeOf(first), sharpeOf(second)];
  const { rng } = options;
  const isDefined = sharpeA !== null && sharpeB !== null;
  return {
    sessions: first.length,
    correlation: isDefined ? correlation(first, second) : null,
    sharpe: described([sharpeA, sharpeB], Math.sqrt(year), isDefined ? studentisedBootstrap(differenceOf(sharpeStatistic(first), sharpeStatistic(second)), { ...options, rng: rng.fork('difference of Sharpe ratios') }) : null),
    mean: described(first.length === 0 ? [null, null] : [mean(Float64Array.from(a)), mean(Float64Array.from(b))], year, first.length === 0 ? null : studentisedBootstrap(differenceOf(meanStatistic(first), meanStatistic(second)), { ...options, rng: rng.fork('difference of means') })),
  };
}

function described([a, b]: readonly [number | null, number | null], unit: number, found: ReturnType<typeof studentisedBootstrap>): PairedDifference {
  return {
    a: a === null ? null : unit * a,
    b: b === null ? null : unit * b,
    difference: a === null || b === null ? null : unit * (a - b),
    interval: found === null ? null : [unit * found.interval[0], unit * found.interval[1]],
    pValue: found?.pValue ?? null,
    block: found?.block ?? null,
  };
}
