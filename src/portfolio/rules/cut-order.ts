import { factsOf, type CutStep, type Listed, type RememberedFacts, type Weighted } from './known-facts.js';
import type { RiskFacts, RiskName, Weights } from './rule.js';

/** Weights nearer than this are equal: what a rule leaves after rounding is no breach of its limit. */
export const TOLERANCE = 1e-9;

/** A weight below this is none. */
export const NEGLIGIBLE = 1e-12;

/** Names with their weights by symbol, so that sums do not depend on the order of a map; @param weights that may still change */
export function listBySymbol(weights: Weights, facts: RiskFacts): Weighted[] {
  const found: Weighted[] = [];
  let isSorted = true;
  let before = '';
  for (const [symbol, weight] of weights) {
    isSorted &&= before <= symbol;
    before = symbol;
    found.push({ name: factsOf(facts, symbol), weight });
  }
  return isSorted ? found : found.sort((a, b) => (a.name.symbol < b.name.symbol ? -1 : 1));
}

/** Every rule asks for the same weights in order: facts that remember keep them; of weights that change no more. */
export function listed(weights: Weights, facts: RiskFacts & RememberedFacts): Listed {
  const known = facts.listed?.get(weights);
  if (known !== undefined) return known;
  const found: Listed = { book: listBySymbol(weights, facts), purchases: null, variance: null };
  facts.listed?.set(weights, found);
  return found;
}

/** Names with their weights by symbol; of weights that change no more, as all are that a rule is given. */
export function bySymbol(weights: Weights, facts: RiskFacts): readonly Weighted[] {
  return listed(weights, facts).book;
}

/** Least important first; of equal ones the later symbol. */
function leastImportantFirst(a: RiskName, b: RiskName): number {
  return b.priority - a.priority || (a.symbol > b.symbol ? -1 : 1);
}

/** Purchases, the least important first, each down to what is held of it. */
export function purchases(weights: Weights, facts: RiskFacts): readonly CutStep[] {
  const known = listed(weights, facts);
  return (known.purchases ??= purchasesOf(known.book));
}

function purchasesOf(book: readonly Weighted[]): CutStep[] {
  const bought: CutStep[] = [];
  for (const { name, weight } of book) if (weight - name.held > NEGLIGIBLE) bought.push({ name, floor: name.held });
  return bought.sort((a, b) => leastImportantFirst(a.name, b.name));
}

/** The order in which a limit on the whole book cuts: purchases, then what is held and can be sold, each time the least important first. */
export function cutOrder(weights: Weights, facts: RiskFacts): CutStep[] {
  const book = bySymbol(weights, facts);
  const sellable: CutStep[] = [];
  for (const { name, weight } of book) if (!name.locked && Math.min(weight, name.held) > NEGLIGIBLE) sellable.push({ name, floor: 0 });
  return [...purchases(weights, facts), ...sellable.sort((a, b) => leastImportantFirst(a.name, b.name))];
}

/** The weight below which a name cannot be brought at the next open. */
export const lowestWeight = (name: RiskName, weight: number): number => (name.locked ? Math.min(weight, name.held) : 0);
