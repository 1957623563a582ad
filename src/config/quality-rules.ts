import { QUALITY_RULES } from '../data/quality/registry.js';
import type { ConfigIssue } from './errors.js';
import { quote } from './redact.js';
import { suggest } from '../core/suggest.js';

/** What is wrong in `data.quality` beyond its schema: rules that do not exist, policies that a rule does not have. */
export function qualityIssues(quality: Readonly<Record<string, unknown>>, placeOf: (path: readonly string[], part: 'key' | 'value') => string): ConfigIssue[] {
  const names = QUALITY_RULES.map(({ name }) => name);
  const issues: ConfigIssue[] = [];
  for (const [name, policy] of Object.entries(quality)) {
    const steps = ['data', 'quality', name];
    const path = steps.join('.');
    const rule = QUALITY_RULES.find((known) => known.name === name);
    if (!rule) {
      const near = suggest(name, names);
      issues.push({ where: placeOf(steps, 'key'), path, expected: 'the name of a quality rule', found: quote(name), hint: near === null ? `there are ${names.join(', ')}` : `did you mean "${near}"?` });
    } else if (!rule.policies.some((allowed) => allowed === policy)) {
      issues.push({ where: placeOf(steps, 'value'), path, expected: `one of ${rule.policies.join(', ')}`, found: quote(policy) });
    }
  }
  return issues;
}
