import type { Interval } from '../block-bootstrap.js';
import type { HaircutSharpe } from '../overfitting/haircut-sharpe.js';
import type { SuperiorPredictiveAbility } from '../overfitting/superior-predictive-ability.js';

/** Something that was tried. */
export interface Trial {
  /** The same configuration has the same id. */
  readonly id: string;
  readonly name: string;
  /** Per session, not annualized; `null` where it earned no returns, as scores that were only evaluated, or does not vary. */
  readonly sharpe: number | null;
  /** Simple returns [session], fractions, on the sessions of what is judged; `null` where it was run on others. */
  readonly returns: Float64Array | null;
}

/** What a Sharpe ratio is worth once everything that was tried is counted; plain JSON, `null` where a figure is not defined. */
export interface Luck {
  /** Configurations that were evaluated, this one included: those with returns on the same sessions, those run on others, and those without returns. */
  readonly trials: { readonly count: number; readonly aligned: number; readonly elsewhere: number; readonly withoutReturns: number };
  /** Returns judged. */
  readonly sessions: number;
  /** Annualized, of returns less the rate without risk, with its 95 % interval by studentised block bootstrap (Ledoit and Wolf, 2008). */
  readonly sharpe: number | null;
  readonly sharpeInterval: Interval | null;
  /** Sessions in a block of the interval's bootstrap (Politis and White, 2004; Patton, Politis and White, 2009). */
  readonly blockLength: number | null;
  /** Probability that the true Sharpe ratio is above 0, were this the only trial (Bailey and López de Prado, 2012). */
  readonly probabilistic: number | null;
  /** Probability that it is above what the luckiest of so many trials without skill would show, and that Sharpe ratio, annualized (Bailey and López de Prado, 2014). */
  readonly deflated: { readonly probability: number | null; readonly threshold: number } | null;
  /** Sessions that a record needs so that the Sharpe ratio is above 0 with 95 % confidence (Bailey and López de Prado, 2012). */
  readonly minimumTrackRecord: number | null;
  /** Years below which the luckiest of so many trials without skill is expected to show this Sharpe ratio (Bailey et al., 2014). */
  readonly minimumBacktestYears: number | null;
  /** Haircut of this trial's Sharpe ratio among all trials, one without a Sharpe ratio counting as one of 0 (Harvey and Liu, 2015). */
  readonly haircut: HaircutSharpe | null;
  /** Probability that the best of the trials in one half is not above the middle in the other (CSCV; Bailey et al., 2017); trials that earned the very same count once. */
  readonly overfitting: { readonly probability: number; readonly trials: number; readonly blocks: number; readonly probabilityOfLoss: number } | null;
  /** Whether the best of the trials beats the benchmark by more than the luck of so many tries (Hansen, 2005); `block`: sessions a block of its bootstrap lasts on average. */
  readonly superior: (SuperiorPredictiveAbility & { readonly benchmark: string; readonly trials: number; readonly best: string; readonly block: number }) | null;
  /** Trials that beat the benchmark, by stepwise multiple testing at 5 % (Romano and Wolf, 2005). */
  readonly stepwise: readonly { readonly name: string; readonly pValue: number; readonly rejected: boolean }[] | null;
  /** Trades against as many at random of the same sessions, another name each (`selection`), and all moved in time (`timing`); `leftOut`: trades within a session or without a price. */
  readonly randomEntry: { readonly trades: number; readonly leftOut: number; readonly selection: RandomEntryFigures | null; readonly timing: RandomEntryFigures | null } | null;
  /** Deepest drawdowns of the same trades in another order, fractions: what the order alone could have done. */
  readonly tradeOrder: { readonly observed: number; readonly median: number; readonly worst5: number } | null;
}

export interface RandomEntryFigures {
  /** Mean gross return of a trade, fraction. */
  readonly mean: number;
  /** Of random trades. */
  readonly expected: number;
  readonly pValue: number;
}
