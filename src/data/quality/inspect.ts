import { fromEpochDay, toEpochDay } from '../../core/dates.js';
import { ConfigError } from '../../core/errors.js';
import type { ColumnValues, Panel } from '../../table/panel.js';
import type { MutableBars, QualityFinding, QualityPolicy, QualityRule } from './finding.js';
import { QUALITY_RULES } from './registry.js';

/** Policies that differ from the rules' defaults, by rule name. */
export type QualityPolicies = Readonly<Record<string, QualityPolicy>>;

/**
 * Columns that `applyPolicies` adds: breaks of a symbol so far; 1 where no decision is to rest on the session; and there the
 * simple return as it was seen that evening, which stays when the bar is blanked later (0 elsewhere).
 */
export const MARK_COLUMNS = ['segment', 'suspect', 'suspectReturn'] as const;

/**
 * Everything the rules find in bars as stored, by rule, symbol and session, with the policy that is in force.
 *
 * @param bars open, high, low, close, volume as float64, adjusted_close where there is one; the sessions are all of the calendar's
 * @throws ConfigError on a policy for an unknown rule or one that the rule does not offer
 */
export function findIssues(bars: Panel, policies: QualityPolicies = {}): QualityFinding[] {
  checkPolicies(policies);
  return QUALITY_RULES.flatMap((rule) => {
    const policy = policies[rule.name] ?? rule.defaultPolicy;
    return rule.find(bars).map(({ row, from, to, knownAt, detail, value }) => ({
      rule: rule.name,
      symbol: bars.symbols[row],
      session: fromEpochDay(bars.sessions[from]),
      end: fromEpochDay(bars.sessions[to]),
      knownAt: fromEpochDay(bars.sessions[knownAt]),
      detail,
      policy,
      value,
    }));
  });
}

function checkPolicies(policies: QualityPolicies): void {
  for (const [name, policy] of Object.entries(policies)) {
    const rule = QUALITY_RULES.find((one) => one.name === name);
    if (!rule) throw new ConfigError(`expected one of the quality rules ${QUALITY_RULES.map((one) => one.name).join(', ')}, found "${name}" in data.quality`, { code: 'UNKNOWN_RULE', fields: { name } });
    if (!rule.policies.includes(policy)) throw new ConfigError(`expected ${rule.policies.join(' or ')}, found "${policy}" in data.quality.${name}`, { code: 'UNKNOWN_POLICY', fields: { name, policy } });
  }
}

/**
 * The panel with the policies of the findings carried out, in fresh copies of the columns that change, or `inPlace` in those of the panel, which
 * nobody else may hold then.
 *
 * Adds `segment` (breaks of the symbol up to the session), `suspect` (1 where no decision is to rest on it) and `suspectReturn`. Findings
 * about other symbols, other sessions or known only after the panel's last session are left out, so that the same list
 * serves any part of the bars.
 */
export function applyPolicies(panel: Panel, findings: readonly QualityFinding[], { inPlace = false }: { readonly inPlace?: boolean } = {}): Panel {
  const bars = new PanelBars(panel, inPlace);
  const lastDay = panel.sessions.at(-1) ?? -Infinity;
  for (const { rule, symbol, session, end, knownAt, policy, value } of findings) {
    if (!panel.hasSymbol(symbol) || toEpochDay(knownAt) > lastDay) continue;
    const from = panel.indexOnOrBefore(toEpochDay(session) - 1) + 1;
    const to = panel.indexOnOrBefore(toEpochDay(end));
    if (from <= to) carryOut(ruleOf(rule), bars, { row: panel.row(symbol), from, to, value }, policy);
  }
  return panel.with(bars.columns());
}

function ruleOf(name: string): QualityRule {
  const rule = QUALITY_RULES.find((one) => one.name === name);
  if (!rule) throw new ConfigError(`expected a finding of a known quality rule, found "${name}"`, { code: 'UNKNOWN_RULE', fields: { name } });
  return rule;
}

function carryOut(rule: QualityRule, bars: MutableBars, finding: Parameters<NonNullable<QualityRule['apply']>>[1], policy: QualityPolicy): void {
  if (rule.apply) return rule.apply(bars, finding, policy);
  if (policy !== 'mask') return;
  for (let t = finding.from; t <= finding.to; t++) bars.blank(finding.row, t);
}

/** Copies of a panel's columns, made when first written. */
class PanelBars implements MutableBars {
  readonly sessionCount: number;
  readonly priceColumns: readonly string[];
  readonly #panel: Panel;
  readonly #written = new Map<string, Float64Array>();
  readonly #inPlace: boolean;

  constructor(panel: Panel, inPlace: boolean) {
    this.#inPlace = inPlace;
    this.#panel = panel;
    this.sessionCount = panel.sessions.length;
    this.priceColumns = panel.columnNames.filter((name) => /^(open|high|low|close|adjusted_\w+)$/.test(name));
    // marks always start afresh, also on a panel that was through here before
    for (const name of MARK_COLUMNS) this.#written.set(name, new Float64Array(panel.symbols.length * panel.sessions.length));
  }

  writable(name: string): Float64Array {
    let values = this.#written.get(name);
    if (values === undefined) {
      const column = this.#panel.column(name);
      values = this.#inPlace && column instanceof Float64Array ? column : Float64Array.from(column);
      this.#written.set(name, values);
    }
    return values;
  }

  blank(row: number, session: number): void {
    const cell = row * this.sessionCount + session;
    for (const name of this.#panel.columnNames) {
      if (!(MARK_COLUMNS as readonly string[]).includes(name)) this.writable(name)[cell] = Number.NaN;
    }
  }

  columns(): Record<string, ColumnValues> {
    return Object.fromEntries(this.#written);
  }
}
