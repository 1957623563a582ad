import { InvariantError } from '../../core/errors.js';
import { NEGLIGIBLE } from './cut-order.js';
import { factsOf } from './known-facts.js';
import { percent } from './percent.js';
import type { Conflict, RiskFacts, Weights } from './rule.js';

/**
 * What the book would be if only the wish counted: every name that is wanted or held, by symbol. What is held of a locked name stays in
 * it, and a sale of it that is wanted is told.
 */
export function standingWeights(wanted: Weights, facts: RiskFacts): { readonly weights: Weights; readonly conflicts: Conflict[] } {
  const held = [...facts.names.values()].filter((name) => name.held > 0).map(({ symbol }) => symbol);
  const conflicts: Conflict[] = [];
  const weights = [...new Set([...wanted.keys(), ...held])].sort().map((symbol): [string, number] => {
    const [name, weight] = [factsOf(facts, symbol), wanted.get(symbol) ?? 0];
    if (!name.locked || weight >= name.held) return [symbol, weight];
    if (name.held - weight > NEGLIGIBLE) conflicts.push({ rule: 'locked', value: name.held, limit: weight, symbols: [symbol], reason: `${symbol} is to be cut from ${percent(name.held)} to ${percent(weight)}, but cannot be sold at the next open.` });
    return [symbol, name.held];
  });
  return { weights: new Map(weights), conflicts };
}

/** @throws InvariantError when a weight or a number that the book itself knows is impossible */
export function checkBook(wanted: Weights, facts: RiskFacts): void {
  const where = `in the risk facts of ${facts.session}`;
  if (!(facts.equity > 0 && facts.equity < Infinity)) throw new InvariantError(`expected equity above 0, found ${facts.equity} ${where}`);
  if (!(facts.drawdown >= 0 && facts.drawdown <= 1)) throw new InvariantError(`expected a drawdown from 0 to 1, found ${facts.drawdown} ${where}`);
  for (const [symbol, name] of facts.names) {
    if (name.symbol !== symbol) throw new InvariantError(`expected "${symbol}" under its own symbol, found "${name.symbol}" ${where}`);
    if (!(name.held >= 0 && name.held < Infinity)) throw new InvariantError(`expected a held weight of at least 0, found ${name.held} of "${symbol}" ${where}`);
    if (!Number.isFinite(name.priority)) throw new InvariantError(`expected a priority, found ${name.priority} of "${symbol}" ${where}`);
  }
  for (const [symbol, weight] of wanted) if (!(weight >= 0 && weight < Infinity)) throw new InvariantError(`expected a weight of at least 0, found ${weight} of "${symbol}" wanted on ${facts.session}`);
}
