import type { RecommendationDocument, RiskReading } from '../../recommendation/recommendation.js';
import { formatCount, formatNumber, formatPercent, formatValue, MISSING } from '../format.js';
import { html, type Html, type HtmlValue } from '../html.js';
import { listedText } from '../listed-name.js';
import { nothing, plainTable, section, type Column } from './section.js';

const COLUMNS: readonly Column[] = [['Rule', 'mono'], ['Limits', 'wide'], ['Limit', 'number'], ['Wanted', 'number'], ['After all rules', 'number'], ['Against the limit', 'meters']];
/** Share of the width of a bar at which its limit stands. */
const LIMIT_AT = 0.75;

/** What a row needs beside its own reading. */
interface Book {
  /** Rules that cannot be kept to. */
  readonly broken: ReadonlySet<string>;
  /** Names that are held after the actions. */
  readonly names: number;
}

/** Every risk rule with its limit, what was wanted and what became of it; what could not be kept to stands above. */
export function riskPart({ risk: { readings, conflicts }, recommendations, symbols }: RecommendationDocument): Html {
  const note = 'In the order in which they are applied. Upper bar: what was wanted; lower bar: after all rules; the tick is the limit. Where the fact that a rule judges by is not known, the rule says nothing.';
  const told = conflicts.length === 0 ? null : html`<ul class="conflict-list">${conflicts.map(({ rule, reason }) => html`<li><strong>Infeasible</strong> <span class="mono">${rule}</span> ${listedText(symbols, reason)}</li>`)}</ul>`;
  if (readings.length === 0) return section('risk', 'Risk rules', null, html`${told}${nothing('No risk rule is set.')}`);
  const book: Book = { broken: new Set(conflicts.map(({ rule }) => rule)), names: recommendations.filter(({ weight }) => weight > 0).length };
  return section('risk', 'Risk rules', note, html`${told}${plainTable('Risk rules', COLUMNS, readings.map((reading) => row(reading, book)))}`);
}

function row(reading: RiskReading, { broken, names }: Book): readonly HtmlValue[] {
  const { rule, limits, unit, limit, before, after, unknown } = reading;
  const blind = unknown > 0 && unknown >= names;
  const text = (value: number | null): string => (value === null || blind ? MISSING : formatLimited(value, unit));
  const state = broken.has(rule) ? html`${rule} <span class="broken">infeasible</span>` : rule;
  const lacking = unknown > 0 ? html`<span class="not-known">not known for ${formatNumber(unknown)} of ${formatNumber(Math.max(unknown, names))}</span>` : null;
  const bars = blind ? null : html`${meter(before, limit, 'wanted')}${meter(after, limit, unknown > 0 ? 'after unsure' : 'after')}`;
  return [state, limits, formatLimited(limit, unit), text(before), text(after), html`${lacking}${bars}`];
}

/** What a rule limits, by its unit: fractions as percent, names counted, plain numbers with two decimals. */
function formatLimited(value: number, unit: string): string {
  if (unit === 'fraction') return formatPercent(value, 1);
  return unit === 'names' ? formatCount(value, 'name') : unit === 'number' ? formatNumber(value, 2) : formatValue(value);
}

/** A value as a bar whose tick is the limit; longer bars than the place allows are cut. Decorative: the numbers stand beside it. */
function meter(value: number | null, limit: number, kind: 'wanted' | 'after' | 'after unsure'): Html {
  const share = value === null || limit <= 0 ? Number(value !== null && value > 0) : Math.min(1, Math.max(0, (value / limit) * LIMIT_AT));
  const over = value !== null && value > limit + 1e-9;
  return html`<span class="limit ${kind}${over ? ' over' : ''}" aria-hidden="true"><span style="width:${Math.round(share * 1000) / 10}%"></span></span>`;
}
