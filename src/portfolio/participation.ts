import type { Liquidity, Side } from './cost-model.js';
import { millions, percent } from './rules/percent.js';

/** How much of what an instrument trades a book may trade of it in one session. */
export interface FillRules {
  /** Of the median traded value known at the close before, buys and sales each (fraction); `null`: whatever is wanted. */
  readonly maxParticipation: number | null;
  /** Stands in for a traded value that is not known, quote currency a session. */
  readonly unknownDollarVolume: number;
}

/** Everything fills that has a price. */
export const UNCAPPED: FillRules = { maxParticipation: null, unknownDollarVolume: 0 };

export interface Wanted {
  readonly symbol: string;
  readonly side: Side;
  readonly shares: number;
  /** Price before costs, quote currency. */
  readonly reference: number;
  readonly liquidity: Liquidity;
}

/** What is a whole share but for rounding is one. */
const ROUNDING = 1e-9;

/** What is left in one session of the part that a book may have in each instrument's trading. */
export class Participation {
  readonly #rules: FillRules;
  /** Traded in the session, by side and symbol (quote currency at reference prices). */
  readonly #traded = new Map<string, number>();
  readonly #cutStops = new Set<string>();

  constructor(rules: FillRules) {
    this.#rules = rules;
  }

  /** As many of the shares as may be traded now, and why not all. */
  allowed({ symbol, side, shares, reference, liquidity }: Wanted): { readonly shares: number; readonly shortfall: string | null } {
    const { maxParticipation, unknownDollarVolume } = this.#rules;
    if (maxParticipation === null) return { shares, shortfall: null };
    const isKnown = liquidity.dollarVolume >= 0;
    const room = maxParticipation * (isKnown ? liquidity.dollarVolume : unknownDollarVolume) - (this.#traded.get(keyOf(side, symbol)) ?? 0);
    const most = Math.max(0, Math.floor(room / reference + ROUNDING));
    if (most >= shares) return { shares, shortfall: null };
    const value = isKnown ? `${millions(liquidity.dollarVolume)} that it trades a session` : `an unknown traded value, taken for ${millions(unknownDollarVolume)}`;
    return { shares: most, shortfall: `${percent(maxParticipation)} of ${value} let ${most} of ${shares} shares ${side === 'buy' ? 'be bought' : 'be sold'}` };
  }

  /** Takes note of what was traded. */
  add({ symbol, side, shares, reference }: Pick<Wanted, 'symbol' | 'side' | 'shares' | 'reference'>): void {
    if (this.#rules.maxParticipation !== null) this.#traded.set(keyOf(side, symbol), (this.#traded.get(keyOf(side, symbol)) ?? 0) + shares * reference);
  }

  /** Takes note that a stop could not sell all: the rest is to follow at the next open. */
  cutStop(symbol: string): void {
    this.#cutStops.add(symbol);
  }

  isStopCut(symbol: string): boolean {
    return this.#cutStops.has(symbol);
  }
}

const keyOf = (side: Side, symbol: string): string => `${side} ${symbol}`;
