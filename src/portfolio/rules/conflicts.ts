import type { RiskConfig } from './config.js';
import { TOLERANCE } from './cut-order.js';
import type { ListedRule } from './listed-rule.js';
import { percent } from './percent.js';
import type { Conflict, RiskFacts, RiskUnit, RuleReading, Weights } from './rule.js';

/** Names told in a sentence; the rest is counted. */
const TOLD = 5;

/** Limits that the weights do not keep to, with what stands in the way. @param readings of the rules, in their order */
export function conflictsOf(rules: readonly ListedRule[], readings: readonly RuleReading[], weights: Weights, { facts, settings }: { readonly facts: RiskFacts; readonly settings: RiskConfig }): Conflict[] {
  return rules.flatMap((rule, i) => {
    const { after: value, limit } = readings[i];
    if (value === null || value - limit <= TOLERANCE) return [];
    const { symbols, why } = rule.obstacles(weights, facts, settings);
    const capital = rule.limits.charAt(0).toUpperCase() + rule.limits.slice(1);
    return [{ rule: rule.name, value, limit, symbols, reason: `${capital}: ${inUnit(value, rule.unit)}, at most ${inUnit(limit, rule.unit)} allowed; ${enumerate(symbols)} ${why}.` }];
  });
}

function inUnit(value: number, unit: RiskUnit): string {
  if (unit === 'names') return String(value);
  return unit === 'fraction' ? percent(value, 2) : value.toFixed(3);
}

function enumerate(symbols: readonly string[]): string {
  if (symbols.length === 0) return 'no name is';
  return symbols.length <= TOLD ? symbols.join(', ') : `${symbols.slice(0, TOLD).join(', ')} and ${symbols.length - TOLD} more`;
}
