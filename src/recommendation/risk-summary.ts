import type { Company } from '../data/reference.js';
import { explainVerdict } from '../portfolio/rules/explain-verdict.js';
import { RISK_RULES } from '../portfolio/rules/registry.js';
import type { RiskOutcome } from '../portfolio/rules/rule.js';
import type { SessionDecision } from '../strategy/decide-session.js';
import type { RecommendationDocument, RiskReading, SizeStep } from './recommendation.js';

const round = (value: number): number => Number(value.toFixed(6));

/** How each rule in force reads before and after, in the order in which they are applied. */
export function riskReadings({ risk: { readings }, unknown }: Pick<SessionDecision, 'risk' | 'unknown'>): RiskReading[] {
  const words = new Map(RISK_RULES.map((rule) => [rule.name, rule]));
  return readings.map(({ rule, limit, before, after }) => ({ rule, limits: words.get(rule)!.limits, unit: words.get(rule)!.unit, limit: round(limit), unknown: unknown[rule] ?? 0, before: before === null ? null : round(before), after: after === null ? null : round(after) }));
}

/** What the rules did to one name, in order. */
export function sizeSteps({ verdicts }: RiskOutcome, symbol: string): SizeStep[] {
  return verdicts.filter((verdict) => verdict.symbol === symbol).map((verdict) => ({ rule: verdict.rule, before: round(verdict.before), after: round(verdict.after), text: explainVerdict(verdict) }));
}

/** Weights by sector after the actions, largest first. */
export function sectorWeights({ targets }: SessionDecision, companies: ReadonlyMap<string, Company>): RecommendationDocument['portfolio']['sectors'] {
  const weights = new Map<string, number>();
  for (const { symbol, weight } of targets) {
    const sector = companies.get(symbol)?.sector ?? 'unknown';
    if (weight > 0) weights.set(sector, (weights.get(sector) ?? 0) + weight);
  }
  return [...weights].map(([sector, weight]) => ({ sector, weight: round(weight) })).sort((a, b) => b.weight - a.weight || (a.sector < b.sector ? -1 : 1));
}
