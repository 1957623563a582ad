import type { RiskConfig } from '../../../src/portfolio/rules/config.js';
import type { RiskFacts, RiskName, Weights } from '../../../src/portfolio/rules/rule.js';

interface Position extends RiskName {
  readonly weight: number;
}

const or = (value: number, unknown: number): number => (Number.isNaN(value) ? unknown : value);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const largest = (values: readonly number[]): number => Math.max(0, ...values);

/** Each limit that a book exceeds, computed as plainly as can be and by none of the code under test; rules that are off are left out. */
export function exceeded(weights: Weights, facts: RiskFacts, settings: RiskConfig): string[] {
  const book = [...weights].map(([symbol, weight]): Position => ({ ...facts.names.get(symbol)!, weight })).filter(({ weight }) => weight > 1e-12);
  const bought = book.filter(({ weight, held }) => weight - held > 1e-12);
  const s = settings;
  const drawdown = s.drawdownBrake;
  const braked = facts.drawdown <= drawdown.from ? 0 : facts.drawdown >= drawdown.to ? 1 : (facts.drawdown - drawdown.from) / (drawdown.to - drawdown.from);
  const excess: Record<string, [{ readonly enabled: boolean }, number, number]> = {
    'restricted-list': [s.restrictedList, bought.filter(({ symbol }) => s.restrictedList.symbols.includes(symbol)).length, 0],
    'min-dollar-volume': [s.minDollarVolume, bought.filter(({ dollarVolume }) => or(dollarVolume, s.minDollarVolume.unknown) < s.minDollarVolume.min).length, 0],
    'max-participation': [s.maxParticipation, largest(bought.map(({ weight, held, dollarVolume }) => weight - held - (s.maxParticipation.max * or(dollarVolume, s.maxParticipation.unknown)) / facts.equity)), 0],
    'earnings-blackout': [s.earningsBlackout, bought.filter(({ sessionsToEarnings: days, horizon }) => days <= s.earningsBlackout.sessions && days <= horizon).length, 0],
    'max-pairwise-correlation': [s.maxPairwiseCorrelation, Math.max(-1, ...bought.flatMap((a) => book.filter((b) => b.symbol !== a.symbol).map((b) => or(facts.correlation(a.symbol, b.symbol), s.maxPairwiseCorrelation.unknown)))), s.maxPairwiseCorrelation.max],
    'max-names': [s.maxNames, book.length, s.maxNames.max],
    'max-weight': [s.maxWeight, largest(book.map(({ weight }) => weight)), s.maxWeight.max],
    'name-gap-risk': [s.nameGapRisk, largest(book.map(({ weight, gapLoss }) => weight * or(gapLoss, s.nameGapRisk.unknown))), s.nameGapRisk.max],
    'sector-cap': [s.sectorCap, largest(book.map(({ sector }) => sum(book.filter((other) => other.sector === sector).map(({ weight }) => weight)))), s.sectorCap.max],
    'gap-risk': [s.gapRisk, sum(book.map(({ weight, gapLoss }) => weight * or(gapLoss, s.gapRisk.unknown))), s.gapRisk.max],
    'beta-limit': [s.betaLimit, sum(book.map(({ weight, beta }) => weight * or(beta, s.betaLimit.unknown))), s.betaLimit.max],
    'volatility-target': [s.volatilityTarget, Math.sqrt(largest([variance(book, facts, s)])), s.volatilityTarget.max],
    'drawdown-brake': [drawdown, sum(book.map(({ weight }) => weight)), drawdown.gross * (1 - braked) + drawdown.gross * drawdown.least * braked],
    'gross-limit': [s.grossLimit, sum(book.map(({ weight }) => weight)), s.grossLimit.max],
    'max-turnover': [s.maxTurnover, sum([...facts.names.values()].map(({ symbol, held }) => Math.abs((weights.get(symbol) ?? 0) - held))), s.maxTurnover.max],
  };
  return Object.entries(excess).flatMap(([rule, [{ enabled }, value, limit]]) => (enabled && value - limit > 1e-8 ? [rule] : []));
}

/** With correlations of any sign: what the rule measures may only be more. */
function variance(book: readonly Position[], facts: RiskFacts, { volatilityTarget: { unknownVolatility, unknownCorrelation } }: RiskConfig): number {
  return sum(book.flatMap((a) => book.map((b) => a.weight * b.weight * or(a.volatility, unknownVolatility) * or(b.volatility, unknownVolatility) * (a === b ? 1 : or(facts.correlation(a.symbol, b.symbol), unknownCorrelation)))));
}
