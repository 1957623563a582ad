import type { Market } from '../data/market.js';
import type { Company } from '../data/reference.js';
import type { EveningDecision } from './decide.js';
import type { HeldPosition } from './recommendation.js';

export interface HeldParts {
  readonly market: Market;
  readonly evening: EveningDecision;
  readonly companies: ReadonlyMap<string, Company>;
}

/** What the book holds at the close, largest weight first. */
export function heldPositions({ market, evening, companies }: HeldParts): HeldPosition[] {
  const { book, equity } = evening;
  const held = book.positions.map(({ symbol, shares, entrySession, entryPrice, stop, target }): HeldPosition => {
    const close = evening.closes[symbol];
    const value = shares * close;
    return {
      symbol, listedSymbol: market.symbolHistory.listedAt(symbol, market.asOf), sector: companies.get(symbol)?.sector ?? null, shares, entrySession, entryPrice: rounded(entryPrice, 4), close: rounded(close, 4), value: rounded(value, 2),
      weight: equity > 0 ? rounded(value / equity, 6) : 0, return: rounded(close / entryPrice - 1, 6), stop: rounded(stop, 2), target: rounded(target, 2),
    };
  });
  return held.sort((a, b) => b.weight - a.weight || (a.symbol < b.symbol ? -1 : 1));
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
