import type { RiskConfig } from '../../../src/portfolio/rules/config.js';
import { lowestWeight, TOLERANCE } from '../../../src/portfolio/rules/cut-order.js';
import type { ListedRule } from '../../../src/portfolio/rules/listed-rule.js';
import type { Cut, CutValues, RiskFacts, Weights } from '../../../src/portfolio/rules/rule.js';
import { standingWeights } from '../../../src/portfolio/rules/standing-weights.js';
import type { RiskCase } from './book.js';

/** The rule that may measure more when weights fall: a sale is turnover too. */
const RISES = new Set(['max-turnover']);

/** Laws of `RiskRule` that a rule breaks on a case, each with what was found; empty when it obeys all. */
export function breachesOf(rule: ListedRule, { wanted, facts, settings }: RiskCase): string[] {
  const { weights } = standingWeights(wanted, facts);
  const before = JSON.stringify([...weights]);
  const cuts = rule.cut(weights, facts, settings);
  const after = withCuts(weights, cuts);
  const on = { rule, facts, settings };
  return [
    ...(JSON.stringify([...weights]) === before ? [] : ['changes what it is given']),
    ...cuts.flatMap((cut) => cutBreaches(cut, weights, on)),
    ...(new Set(cuts.map(({ symbol }) => symbol)).size === cuts.length ? [] : ['cuts a name twice']),
    ...(rule.cut(after, facts, settings).length === 0 ? [] : ['is not idempotent']),
    ...(sameCuts(cuts, rule.cut(reversed(weights), reversedFacts(facts), settings)) ? [] : ['depends on the order of the names']),
    ...(sameCuts(cuts, rule.cut(weights, facts, settings)) ? [] : ['is not deterministic']),
    ...limitBreaches(weights, after, cuts.length, on),
    ...(RISES.has(rule.name) ? [] : risingBreaches(weights, on)),
  ];
}

interface On {
  readonly rule: ListedRule;
  readonly facts: RiskFacts;
  readonly settings: RiskConfig;
}

function cutBreaches({ symbol, weight, values }: Cut, weights: Weights, { rule, facts }: On): string[] {
  const [name, before] = [facts.names.get(symbol)!, weights.get(symbol)!];
  return [
    ...(weight < before ? [] : [`does not cut ${symbol}: ${before} to ${weight}`]),
    ...(weight >= lowestWeight(name, before) ? [] : [`cuts ${symbol}, which is locked, to ${weight}`]),
    ...wordBreaches(rule, values),
  ];
}

function wordBreaches(rule: ListedRule, values: CutValues): string[] {
  const text = rule.words(values);
  return [
    ...(Object.values(values).every((value) => (typeof value === 'number' ? Number.isFinite(value) : value.length > 0)) && Object.keys(values).length > 0 ? [] : [`has no reason: ${JSON.stringify(values)}`]),
    ...(text.length > 10 && !/NaN|undefined|Infinity|\.$/.test(text) ? [] : [`says "${text}"`]),
  ];
}

function limitBreaches(weights: Weights, after: Weights, count: number, { rule, facts, settings }: On): string[] {
  const lowest = new Map([...weights].map(([symbol, weight]) => [symbol, rule.name === 'max-turnover' ? Math.min(weight, facts.names.get(symbol)!.held) : lowestWeight(facts.names.get(symbol)!, weight)]));
  const least = rule.measure(lowest, facts, settings) ?? -Infinity;
  const [wanted, left, limit] = [rule.measure(weights, facts, settings) ?? -Infinity, rule.measure(after, facts, settings) ?? -Infinity, rule.limit(facts, settings)];
  return [
    ...(Number.isFinite(limit) ? [] : [`has no limit: ${limit}`]),
    ...(Number.isNaN(wanted) || wanted === Infinity ? [`measures ${wanted}`] : []),
    ...(wanted - limit > TOLERANCE || count === 0 ? [] : ['cuts what keeps to its limit']),
    ...(left - limit <= TOLERANCE || rule.obstacles(after, facts, settings).symbols.length > 0 ? [] : [`leaves ${left} above ${limit} and nothing stands in the way`]),
    ...(left - limit <= TOLERANCE || left - least <= TOLERANCE ? [] : [`leaves ${left} above ${limit} where ${least} could be reached`]),
    ...(left <= wanted + 1e-12 ? [] : [`leaves more than there was: ${left} after ${wanted}`]),
  ];
}

/** Takes something from each name in turn. */
function risingBreaches(weights: Weights, { rule, facts, settings }: On): string[] {
  const measured = rule.measure(weights, facts, settings) ?? -Infinity;
  return [...weights].flatMap(([symbol, weight]) => {
    const less = rule.measure(new Map(weights).set(symbol, weight / 2), facts, settings) ?? -Infinity;
    return less <= measured + 1e-12 ? [] : [`measures more when ${symbol} falls: ${less} after ${measured}`];
  });
}

function withCuts(weights: Weights, cuts: readonly Cut[]): Weights {
  return new Map([...weights, ...cuts.map(({ symbol, weight }): [string, number] => [symbol, weight])]);
}

export const reversed = <Value>(map: ReadonlyMap<string, Value>): Map<string, Value> => new Map([...map].reverse());

export const reversedFacts = (facts: RiskFacts): RiskFacts => ({ ...facts, names: reversed(facts.names) });

function sameCuts(a: readonly Cut[], b: readonly Cut[]): boolean {
  const sorted = (cuts: readonly Cut[]): string => JSON.stringify([...cuts].sort((one, other) => (one.symbol < other.symbol ? -1 : 1)));
  return sorted(a) === sorted(b);
}
