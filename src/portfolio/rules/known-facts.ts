import { InvariantError } from '../../core/errors.js';
import type { RiskFacts, RiskName, Weights } from './rule.js';

/** @throws InvariantError when the facts do not know it */
export function factsOf(facts: RiskFacts, symbol: string): RiskName {
  const name = facts.names.get(symbol);
  if (!name) throw new InvariantError(`expected facts of every name with a weight, found none of "${symbol}" on ${facts.session}`);
  return name;
}

/** A fact, or what stands in for it when it is not known. */
export const known = (fact: number, unknown: number): number => (Number.isFinite(fact) ? fact : unknown);

/** A fact for the values of a cut, which hold no NaN. */
export const told = (fact: number): number | string => (Number.isFinite(fact) ? fact : 'unknown');

/** How alike two names move, or what stands in for it; asked for in one order, so that both ways round are the same. */
export function correlationOf(facts: RiskFacts, [a, b]: readonly [string, string], unknown: number): number {
  return known(a < b ? facts.correlation(a, b) : facts.correlation(b, a), unknown);
}

/** A name with its weight. */
export interface Weighted {
  readonly name: RiskName;
  readonly weight: number;
}

/** A name that may be cut, and how far. */
export interface CutStep {
  readonly name: RiskName;
  /** The weight below which it may not be cut. */
  readonly floor: number;
}

/** Weights put in order. */
export interface Listed {
  readonly book: readonly Weighted[];
  /** Worked out when first asked for. */
  purchases: readonly CutStep[] | null;
  variance: number | null;
}

/** What facts remember of weights that rules were given. */
export interface RememberedFacts {
  readonly listed?: Map<Weights, Listed>;
}

/** The same facts for rules with one and the same settings: each correlation and variance computed once and each book listed once, as rules ask for them again and again. */
export function rememberFacts(facts: RiskFacts): RiskFacts & RememberedFacts {
  const places = new Map([...facts.names.keys()].map((symbol, place) => [symbol, place]));
  const known: (number | undefined)[] = new Array<number | undefined>(places.size ** 2).fill(undefined);
  const correlation = (a: string, b: string): number => {
    const [placeA, placeB] = [places.get(a), places.get(b)];
    if (placeA === undefined || placeB === undefined) return facts.correlation(a, b);
    return (known[placeA * places.size + placeB] ??= facts.correlation(a, b));
  };
  return { ...facts, correlation, listed: new Map() };
}
