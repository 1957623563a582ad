import { bySymbol, cutOrder, lowestWeight, NEGLIGIBLE, TOLERANCE } from './cut-order.js';
import type { CutStep } from './known-facts.js';
import type { Cut, CutValues, Obstacles, RiskFacts, RiskName, Weights } from './rule.js';

/** What one unit of a name's weight adds to a sum that is limited; ≥ 0, and 0 for names that do not count. */
export type Load = (name: RiskName) => number;

/** Σ weight × load. */
export function totalLoad(weights: Weights, facts: RiskFacts, load: Load): number {
  let sum = 0;
  for (const { name, weight } of bySymbol(weights, facts)) sum += weight * load(name);
  return sum;
}

/** Weights cut step by step until a sum that is `excess` too large keeps to its limit, or nothing is left to cut. */
export function cutLoad(weights: Weights, steps: readonly CutStep[], load: Load, excess: number): Weights {
  const after = new Map(weights);
  let above = excess;
  for (const { name, floor } of steps) {
    if (above <= TOLERANCE) break;
    const [unit, weight] = [load(name), after.get(name.symbol)!];
    if (unit * (weight - floor) <= NEGLIGIBLE) continue;
    const left = Math.max(floor, weight - above / unit);
    above -= unit * (weight - left);
    after.set(name.symbol, left);
  }
  return after;
}

/** Keeps Σ weight × load within a limit, in the order of `cutOrder`. */
export function limitLoad(weights: Weights, facts: RiskFacts, load: Load, limit: number): Weights {
  const excess = totalLoad(weights, facts, load) - limit;
  return excess <= TOLERANCE ? weights : cutLoad(weights, cutOrder(weights, facts), load, excess);
}

/** Keeps weight × load of each name within a limit; the weights themselves where all do. */
export function limitEach(weights: Weights, facts: RiskFacts, load: Load, limit: number): Weights {
  const book = bySymbol(weights, facts);
  if (!book.some(({ name, weight }) => weight * load(name) - limit > TOLERANCE)) return weights;
  return new Map(book.map(({ name, weight }) => [name.symbol, weight * load(name) - limit > TOLERANCE ? Math.min(weight, Math.max(lowestWeight(name, weight), limit / load(name))) : weight]));
}

/** The names whose weights fell, with the numbers that say why. */
export function cutsBetween<Values extends CutValues>(before: Weights, after: Weights, facts: RiskFacts, values: (name: RiskName) => Values): Cut<Values>[] {
  if (after === before) return [];
  const cut = cutOrder(before, facts).map(({ name }) => name).filter(({ symbol }) => after.get(symbol)! < before.get(symbol)!);
  return [...new Set(cut)].map((name) => ({ symbol: name.symbol, weight: after.get(name.symbol)!, values: values(name) }));
}

/** Names that count but cannot be sold. */
export function lockedNames(weights: Weights, facts: RiskFacts, counts: (name: RiskName, weight: number) => boolean = () => true): Obstacles {
  const symbols = bySymbol(weights, facts).filter(({ name, weight }) => name.locked && weight > NEGLIGIBLE && counts(name, weight)).map(({ name }) => name.symbol);
  return { symbols, why: 'cannot be sold at the next open' };
}
