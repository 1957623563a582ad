import { applyRiskRules } from '../../../src/portfolio/rules/apply-risk-rules.js';
import { explainVerdict } from '../../../src/portfolio/rules/explain-verdict.js';
import type { RiskFacts, RiskName } from '../../../src/portfolio/rules/rule.js';
import { only, wantedBook } from './book.js';

/** A book in short: weights wanted by name in order of importance, what differs from an ordinary name, and what differs of the rest. */
export type Book = Parameters<typeof wantedBook>;

/** What rules make of a book: weights to twelve digits, the cuts in words, and each rule's reading. */
export function outcomeOf(rules: Parameters<typeof only>[0], ...book: Book): { readonly weights: Readonly<Record<string, number>>; readonly words: readonly string[]; readonly readings: Readonly<Record<string, readonly [number | null, number | null]>>; readonly conflicts: number } {
  const { wanted, facts } = wantedBook(...book);
  const { weights, verdicts, readings, conflicts } = applyRiskRules(wanted, facts, only(rules));
  return {
    weights: Object.fromEntries([...weights].map(([symbol, weight]) => [symbol, Number(weight.toFixed(12))])),
    words: verdicts.map((verdict) => `${verdict.symbol}: ${explainVerdict(verdict)}`),
    readings: Object.fromEntries(readings.map(({ rule, before, after }) => [rule, [before, after]])),
    conflicts: conflicts.length,
  };
}

/** Every name held at what is wanted of it. */
export const allHeld = (weights: Readonly<Record<string, number>>, changes: Readonly<Record<string, Partial<RiskName>>> = {}, more: Partial<RiskFacts> = {}): Book => [weights, Object.fromEntries(Object.entries(weights).map(([symbol, held]) => [symbol, { held, ...changes[symbol] }])), more];
