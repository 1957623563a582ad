import { InvariantError } from '../../core/errors.js';
import type { ListedRule } from './listed-rule.js';
import { percent } from './percent.js';
import { RISK_RULES } from './registry.js';
import { UNSETTLED, type Verdict } from './rule.js';

/**
 * One short sentence about a cut, made only from the verdict's own numbers, e.g. "Cut from 6.0 % to 4.2 %: sector Energy is at its cap of 35.0 %."
 * @throws InvariantError when no rule has the verdict's name
 */
export function explainVerdict({ rule: name, before, after, dropped, values }: Verdict): string {
  const digits = percent(before) === percent(after) ? 3 : 1;
  const rest = dropped === null ? '' : `; the ${percent(dropped, digits)} left would be too little to buy`;
  return `Cut from ${percent(before, digits)} to ${percent(after, digits)}: ${name === UNSETTLED ? unsettled(values) : ruleNamed(name).words(values)}${rest}.`;
}

const unsettled = ({ passes, rule }: Verdict['values']): string => `the rules did not come to an end in ${passes} rounds, ${rule} was the last to cut`;

function ruleNamed(name: string): ListedRule {
  const found = RISK_RULES.find((rule) => rule.name === name);
  if (!found) throw new InvariantError(`expected one of the risk rules ${RISK_RULES.map((rule) => rule.name).join(', ')}, found "${name}" in a verdict`);
  return found;
}
