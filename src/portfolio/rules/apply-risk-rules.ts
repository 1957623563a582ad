import { InvariantError } from '../../core/errors.js';
import type { RiskConfig } from './config.js';
import { conflictsOf } from './conflicts.js';
import { lowestWeight, NEGLIGIBLE, purchases } from './cut-order.js';
import { factsOf, rememberFacts } from './known-facts.js';
import type { ListedRule } from './listed-rule.js';
import { RISK_RULES, rulesOf } from './registry.js';
import { UNSETTLED, type Conflict, type Cut, type RiskFacts, type RiskOutcome, type RuleReading, type Verdict, type Weights } from './rule.js';
import { checkBook, standingWeights } from './standing-weights.js';

/** Rounds of all rules. The second finds nothing to cut with rules that obey their contract; more are for rules that hinder one another. */
export const MAX_PASSES = 8;

interface Context {
  readonly rules: readonly ListedRule[];
  readonly facts: RiskFacts;
  readonly settings: RiskConfig;
  /** Weights before all rules. */
  readonly wanted: Weights;
}

interface Progress {
  readonly weights: Weights;
  readonly verdicts: readonly Verdict[];
}

/**
 * Cuts wanted weights until every rule is content, in the order of the registry, round after round until one changes nothing.
 *
 * No weight rises, except that what is held of a locked name stands whatever was wanted. Applied to its own weights it changes nothing.
 * What no cut can reach is a conflict, never an error. If the rounds did not end (`MAX_PASSES`), no purchase is made, and that is told.
 * Everything is known at the decision time of `facts.session`.
 *
 * @param wanted weights by the strategy (fractions of equity); a held name that is missing is to be left
 * @throws InvariantError when a name has no facts, a weight, equity or drawdown is impossible, or a rule breaks its contract
 */
export function applyRiskRules(wanted: Weights, facts: RiskFacts, settings: RiskConfig, registry: readonly ListedRule[] = RISK_RULES): RiskOutcome {
  checkBook(wanted, facts);
  const standing = standingWeights(wanted, facts);
  const context: Context = { rules: rulesOf(settings, registry), facts: rememberFacts(facts), settings, wanted: standing.weights };
  const { weights, verdicts, unsettled } = settle(context);
  const read = readings(context, weights);
  const conflicts = [...standing.conflicts, ...unsettled, ...conflictsOf(context.rules, read, weights, { facts: context.facts, settings })];
  return { weights, verdicts, readings: read, conflicts };
}

function settle(context: Context): Progress & { readonly unsettled: Conflict[] } {
  let progress: Progress = { weights: context.wanted, verdicts: [] };
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const next = context.rules.reduce((before, rule) => applyRule(rule, before, context), progress);
    if (next.verdicts.length === progress.verdicts.length) return { ...progress, unsettled: [] };
    progress = next;
  }
  return dropPurchases(progress, context);
}

function applyRule(rule: ListedRule, { weights, verdicts }: Progress, context: Context): Progress {
  const cuts = rule.cut(weights, context.facts, context.settings);
  if (cuts.length === 0) return { weights, verdicts };
  const after = new Map(weights);
  const made = cuts.map((cut): Verdict => {
    const before = after.get(cut.symbol) ?? 0;
    checkCut(rule, cut, before, context);
    const dropped = isTooSmall(cut, context) ? cut.weight : null;
    const weight = dropped === null ? cut.weight : factsOf(context.facts, cut.symbol).held;
    after.set(cut.symbol, weight);
    return { rule: rule.name, symbol: cut.symbol, before, after: weight, dropped, values: cut.values };
  });
  return { weights: after, verdicts: [...verdicts, ...made] };
}

/** What is left of a purchase is not worth its costs. */
function isTooSmall({ symbol, weight }: Cut, { facts, settings, wanted }: Context): boolean {
  const { held } = factsOf(facts, symbol);
  const left = weight - held;
  return left > NEGLIGIBLE && left < settings.minEntry * (wanted.get(symbol)! - held);
}

function checkCut(rule: ListedRule, { symbol, weight }: Cut, before: number, { facts }: Context): void {
  const lowest = lowestWeight(factsOf(facts, symbol), before);
  if (!(weight >= lowest && weight < before)) throw new InvariantError(`expected a weight from ${lowest} to below ${before} of "${symbol}" by the risk rule "${rule.name}" on ${facts.session}, found ${weight}`);
}

function dropPurchases({ weights, verdicts }: Progress, { facts }: Context): Progress & { readonly unsettled: Conflict[] } {
  const { rule } = verdicts.at(-1)!;
  const dropped = purchases(weights, facts);
  const after = new Map([...weights, ...dropped.map(({ name, floor }): [string, number] => [name.symbol, floor])]);
  const made = dropped.map(({ name: { symbol }, floor }): Verdict => ({ rule: UNSETTLED, symbol, before: weights.get(symbol)!, after: floor, dropped: null, values: { rule, passes: MAX_PASSES } }));
  const symbols = dropped.map(({ name }) => name.symbol);
  const reason = `The risk rules did not come to an end in ${MAX_PASSES} rounds, ${rule} was the last to cut: nothing is bought.`;
  return { weights: after, verdicts: [...verdicts, ...made], unsettled: [{ rule: UNSETTLED, value: MAX_PASSES, limit: MAX_PASSES, symbols, reason }] };
}

function readings({ rules, facts, settings, wanted }: Context, weights: Weights): RuleReading[] {
  return rules.map((rule) => {
    const before = rule.measure(wanted, facts, settings);
    return { rule: rule.name, limit: rule.limit(facts, settings), before, after: weights === wanted ? before : rule.measure(weights, facts, settings) };
  });
}
