import type { IsoDate } from '../../core/dates.js';
import type { QualityFinding } from './finding.js';
import { QUALITY_RULES } from './registry.js';

/** Findings of one rule and policy, for reports. */
export interface QualitySummary {
  readonly rule: string;
  readonly policy: string;
  /** All findings. */
  readonly count: number;
  /** Findings from `since` on, most recent first, at most 20. */
  readonly examples: readonly { readonly symbol: string; readonly session: IsoDate; readonly detail: string }[];
}

const MAX_EXAMPLES = 20;

/**
 * Findings counted by rule and policy, in the order of the rules.
 *
 * @param options.since only findings that end on or after this session serve as examples
 */
export function summarizeFindings(findings: readonly QualityFinding[], options: { readonly since?: IsoDate } = {}): QualitySummary[] {
  const groups = new Map<string, QualityFinding[]>();
  for (const finding of findings) {
    const key = `${finding.rule} ${finding.policy}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  const order = new Map(QUALITY_RULES.map(({ name }, index) => [name, index]));
  return [...groups.values()]
    .map((group) => ({ rule: group[0].rule, policy: group[0].policy, count: group.length, examples: mostRecent(group, options.since) }))
    .sort((a, b) => (order.get(a.rule) ?? Infinity) - (order.get(b.rule) ?? Infinity) || (a.policy < b.policy ? -1 : 1));
}

function mostRecent(findings: readonly QualityFinding[], since: IsoDate | undefined): QualitySummary['examples'] {
  return findings
    .filter(({ end }) => since === undefined || end >= since)
    .sort((a, b) => (a.session === b.session ? (a.symbol < b.symbol ? -1 : 1) : a.session < b.session ? 1 : -1))
    .slice(0, MAX_EXAMPLES)
    .map(({ symbol, session, detail }) => ({ symbol, session, detail }));
}
