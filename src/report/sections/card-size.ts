import type { Recommendation } from '../../recommendation/recommendation.js';
import { formatNumber, formatPercent } from '../format.js';
import { html, type Html, type HtmlValue } from '../html.js';
import { listedText, type ListedSymbols } from '../listed-name.js';

/** From the weight that the strategy wanted, by what each risk rule made of it, to what it is; nothing where nothing was wanted. */
export function cardSize({ sizes: { wanted, steps }, weight, shares }: Recommendation, symbols: ListedSymbols): Html | null {
  if (wanted === 0 && weight === 0) return null;
  const largest = Math.max(wanted, weight, ...steps.map(({ after }) => after));
  const uncut = steps.length === 0 ? html`<li class="uncut">No risk rule changed it.</li>` : null;
  return html`<div class="card-size"><h4>Size <span class="note">weight of equity</span></h4><ol class="sizes">
${stepRow('Wanted', wanted, largest)}${steps.map(({ rule, after, text }) => stepRow(html`<span class="mono">${rule}</span>`, after, largest, listedText(symbols, text)))}${uncut}${stepRow('After the action', weight, largest, `${formatNumber(shares)} shares`)}</ol></div>
`;
}

function stepRow(name: HtmlValue, weight: number, largest: number, text: string | null = null): Html {
  const share = largest > 0 ? Math.round((Math.max(0, weight) / largest) * 1000) / 10 : 0;
  const note = text === null ? null : html`<span class="size-note">${text}</span>`;
  return html`<li><span class="size-name">${name}</span><span class="track" aria-hidden="true">${share > 0 ? html`<span style="width:${share}%"></span>` : null}</span><strong>${formatPercent(weight, 2)}</strong>${note}</li>
`;
}
