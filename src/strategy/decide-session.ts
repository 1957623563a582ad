import { applyRiskRules } from '../portfolio/rules/apply-risk-rules.js';
import type { RiskConfig } from '../portfolio/rules/config.js';
import { explainVerdict } from '../portfolio/rules/explain-verdict.js';
import { RISK_RULES } from '../portfolio/rules/registry.js';
import type { RiskOutcome } from '../portfolio/rules/rule.js';
import { exposureOf, type Exposure } from './exposure.js';
import { riskFacts } from './risk-facts.js';
import { withStopRests } from './stop-rests.js';
import type { BookView, Decision, Strategy, Target } from './strategy.js';
import { unknownFacts } from './unknown-facts.js';
import type { MarketView } from './view.js';

/** A strategy's decision after the risk rules. */
export interface SessionDecision extends Decision {
  /** Weight that the strategy wanted of each name that it named, also of those that the rules cut to nothing. */
  readonly wanted: ReadonlyMap<string, number>;
  readonly risk: RiskOutcome;
  /** After the actions. */
  readonly exposure: Exposure;
  /** How far equity is below its highest (fraction). */
  readonly drawdown: number;
  /** Names of the book after the actions for which what a rule judges by is not known, by rule. */
  readonly unknown: Readonly<Record<string, number>>;
}

/** Rules that refuse a name for what it is: another may take its place. */
const REPLACEABLE: ReadonlySet<string> = new Set(RISK_RULES.flatMap(({ name, judges }) => (judges === 'name' ? [name] : [])));

/** Times that others are asked for in place of names that a rule refused. */
const ROUNDS = 4;

/**
 * What to do at the next open: the strategy's wishes, cut by the risk rules. The daily run and every backtest decide by this function alone.
 *
 * Where a rule refuses an entry for what the name itself is (restricted, illiquid, too like another, its sector full), the strategy is asked
 * again without it, so that the next in rank may take its place; where the whole book is at a limit, nothing replaces what is cut.
 */
export function decideSession(view: MarketView, book: BookView, { strategy, risk }: { readonly strategy: Strategy; readonly risk: RiskConfig }): SessionDecision {
  const refused = new Map<string, Refusal>();
  for (let round = 1; ; round++) {
    const decision = withStopRests(strategy.decide(refused.size === 0 ? view : view.barring(new Set(refused.keys())), book), book);
    const facts = riskFacts(view, book, decision);
    const outcome = applyRiskRules(new Map(decision.targets.map(({ symbol, weight }) => [symbol, weight])), facts, risk);
    const now = refusedEntries(decision, outcome, book.equity);
    const replaceable = now.filter(({ rule, other }) => (rule === null || REPLACEABLE.has(rule)) && !now.some(({ symbol }) => symbol === other));
    if (round < ROUNDS && replaceable.length > 0) {
      for (const refusal of replaceable) refused.set(refusal.symbol, refusal);
      continue;
    }
    const made = new Map([...outcome.weights].filter(([symbol]) => !now.some((refusal) => refusal.symbol === symbol)));
    return { ...settled(decision, outcome, [...refused.values(), ...now]), exposure: exposureOf(made, facts), drawdown: facts.drawdown, unknown: unknownFacts(made, facts) };
  }
}

interface Refusal {
  readonly symbol: string;
  /** `null`: no rule, it does not buy one share. */
  readonly rule: string | null;
  /** The name that it is too like, where that is why. */
  readonly other: string | null;
  readonly reason: string;
}

/** Entries that are not made: cut to nothing by a rule, or too small for one share. */
function refusedEntries({ targets }: Decision, { weights, verdicts }: RiskOutcome, equity: number): Refusal[] {
  return targets.flatMap(({ symbol, action, entry }): Refusal[] => {
    const weight = weights.get(symbol)!;
    if (action !== 'enter' || sharesOf(weight, equity, entry) > 0) return [];
    const last = verdicts.findLast((verdict) => verdict.symbol === symbol);
    if (last === undefined || weight > 0) return [{ symbol, rule: null, other: null, reason: 'its weight does not buy one share' }];
    return [{ symbol, rule: last.rule, other: typeof last.values['other'] === 'string' ? last.values['other'] : null, reason: explainVerdict(last) }];
  });
}

/** Whole shares of a weight; what is a whole share but for rounding is one. */
export const sharesOf = (weight: number, total: number, price: number): number => Math.floor((weight * total) / price + 1e-9);

function settled(decision: Decision, outcome: RiskOutcome, refusals: readonly Refusal[]): Omit<SessionDecision, 'exposure' | 'drawdown' | 'unknown'> {
  const gone = new Set(refusals.map(({ symbol }) => symbol));
  return {
    session: decision.session,
    targets: decision.targets.flatMap((target) => (gone.has(target.symbol) ? [] : [afterRules(target, outcome)])),
    leftOut: refusals.length === 0 ? decision.leftOut : [...decision.leftOut.filter(({ symbol }) => !gone.has(symbol)), ...refusals.map(({ symbol, reason, rule }) => ({ symbol, reason, ...(rule === null ? {} : { rule }) }))],
    wanted: new Map(decision.targets.map(({ symbol, weight }) => [symbol, weight])),
    risk: outcome,
  };
}

/** A target at the weight that the rules leave it: a held name that is cut is sold in part, or wholly. */
function afterRules(target: Target, { weights, verdicts }: RiskOutcome): Target {
  const weight = weights.get(target.symbol)!;
  const last = verdicts.findLast(({ symbol }) => symbol === target.symbol);
  if (last === undefined || target.action === 'exit') return target;
  if (target.action === 'enter') return { ...target, weight };
  return {
    ...target,
    weight,
    action: weight === 0 ? 'exit' : 'reduce',
    evidence: [{ code: 'risk-rule', values: { rule: last.rule, before: target.weight, after: weight, reason: explainVerdict(last) } }, ...target.evidence],
    wouldDisprove: weight === 0 ? [] : target.wouldDisprove,
  };
}
