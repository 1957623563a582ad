import type { Reason } from '../../recommendation/recommendation.js';
import { formatReasonValue, formatShortDate } from '../format.js';
import { html, type Html } from '../html.js';
import { listedText, type ListedSymbols } from '../listed-name.js';
import { nothing } from './section.js';

/** Reasons with what they rest on; the numbers with their units unfold. */
export function cardReasons(reasons: readonly Reason[], symbols: ListedSymbols): Html {
  if (reasons.length === 0) return html`<h4>Why</h4>${nothing('No reasons were recorded.')}`;
  return html`<h4>Why</h4><ol class="reasons">${reasons.map((reason) => reasonItem(reason, symbols))}</ol>`;
}

/** What would prove the trade wrong, each with what to look at; nothing where there is none, as for exits. */
export function cardDisproof(reasons: readonly Reason[], symbols: ListedSymbols): Html | null {
  if (reasons.length === 0) return null;
  return html`<div class="card-disproof"><h4>What would prove it wrong</h4><ul class="reasons">${reasons.map((reason) => reasonItem(reason, symbols))}</ul></div>
`;
}

function reasonItem({ code, text, values, units, source, asOf }: Reason, symbols: ListedSymbols): Html {
  const pairs = Object.entries(values);
  const origin = html`<span class="code">${code}</span> · ${source} · <time datetime="${asOf}">${formatShortDate(asOf)}</time>`;
  const proof = pairs.length === 0 ? html`<p class="origin">${origin}</p>` : html`<details class="proof"><summary>${origin}</summary><dl class="values">${pairs.map(([name, value]) => html`<div><dt>${name}</dt><dd>${formatReasonValue(value, units[name])}${unitNote(units[name])}</dd></div>`)}</dl></details>`;
  return html`<li data-code="${code}"><p>${listedText(symbols, text)}</p>${proof}</li>
`;
}

/** Units that the number itself does not show. */
const SHOWN: ReadonlySet<string> = new Set(['fraction', 'sessions', 'name', 'date', 'feature']);

function unitNote(unit: string | undefined): Html | null {
  return unit === undefined || SHOWN.has(unit) ? null : html` <span class="unit">${unit}</span>`;
}
