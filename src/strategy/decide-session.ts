import { applyRiskRules } from '../portfolio/rules/apply-risk-rules.js';
import type { RiskConfig } from '../portfolio/rules/config.js';
import { explainVerdict } from '../portfolio/rules/explain-verdict.js';
import { RISK_RULES } from '../portfolio/rules/registry.js';
import type { RiskOutcome } from '../portfolio/rules/rule.js';
import { exposureOf, type Exposure } from './exposure.js';
import { riskFacts } from './risk-facts.js';
import type { BookView, Decision, Strategy, Target } from './strategy.js';
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
  const refused = new Map<string, string>();
  for (let round = 1; ; round++) {
    const decision = strategy.decide(refused.size === 0 ? view : view.without(new Set(refused.keys())), book);
    const facts = riskFacts(view, book, decision);
    const outcome = applyRiskRules(new Map(decision.targets.map(({ symbol, weight }) => [symbol, weight])), facts, risk);
    const replaceable = refusedEntries(decision, outcome).filter(({ rule }) => REPLACEABLE.has(rule));
    if (round === ROUNDS || replaceable.length === 0) return { ...settled(decision, outcome, refused), exposure: exposureOf(outcome.weights, facts), drawdown: facts.drawdown };
    for (const { symbol, reason } of replaceable) refused.set(symbol, reason);
  }
}

interface Refusal {
  readonly symbol: string;
  readonly rule: string;
  readonly reason: string;
}

/** Entries that were cut to nothing, each with the rule that did it. */
function refusedEntries({ targets }: Decision, { weights, verdicts }: RiskOutcome): Refusal[] {
  return targets.flatMap(({ symbol, action }) => {
    const last = verdicts.findLast((verdict) => verdict.symbol === symbol);
    return action === 'enter' && last !== undefined && weights.get(symbol) === 0 ? [{ symbol, rule: last.rule, reason: explainVerdict(last) }] : [];
  });
}

function settled(decision: Decision, outcome: RiskOutcome, refused: ReadonlyMap<string, string>): Omit<SessionDecision, 'exposure' | 'drawdown'> {
  const dropped = refusedEntries(decision, outcome);
  const gone = new Set([...refused.keys(), ...dropped.map(({ symbol }) => symbol)]);
  return {
    session: decision.session,
    targets: decision.targets.flatMap((target) => (gone.has(target.symbol) ? [] : [afterRules(target, outcome)])),
    leftOut: [...decision.leftOut.filter(({ symbol }) => !gone.has(symbol)), ...[...refused].map(([symbol, reason]) => ({ symbol, reason })), ...dropped.map(({ symbol, reason }) => ({ symbol, reason }))],
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
