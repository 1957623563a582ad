import type { HeldPosition, RecommendationDocument } from '../../recommendation/recommendation.js';
import { EQUITY_CHART } from '../equity-figure.js';
import { anchor } from '../escape.js';
import { formatCount, formatDay, formatMoney, formatNumber, formatPercent, formatPrice, formatShortDate, formatSignedPercent, MISSING } from '../format.js';
import { html, type Html, type HtmlValue } from '../html.js';
import { fillsPart } from './fills.js';
import { figure } from './header.js';
import { nothing, plainTable, section, type Column } from './section.js';

/** The paper book at the close, how exposed it is after the actions, and how its equity came about. */
export function bookPart(document: RecommendationDocument): Html {
  const { portfolio, asOf } = document;
  const held = portfolio.held.length > 0 ? html`<h3>Held at the close of ${formatDay(asOf)}</h3>${heldTable(document)}` : nothing('Nothing is held.');
  return section('book', 'Book and exposure', 'Exposure is that after the actions.', html`${exposure(document)}<div class="book-pair">${equityCurve(document)}${sectors(document)}</div>
${held}${fillsPart(document)}`);
}

function exposure({ portfolio, graph }: RecommendationDocument): Html {
  const { gross, beta, volatility, drawdown } = portfolio.exposure;
  const known = (value: number | null, text: (value: number) => string): HtmlValue => (value === null ? html`<span class="unknown">unknown</span>` : text(value));
  const together = graph?.chosenCorrelation ?? null;
  return html`<dl class="figures exposure">
${figure('Gross exposure', formatPercent(gross), 'sum of weights')}
${figure('Beta', known(beta, (value) => formatNumber(value, 2)), 'slope on the benchmark')}
${figure('Volatility', known(volatility, formatPercent), 'a year')}
${figure('Drawdown', formatPercent(drawdown === 0 ? 0 : -Math.abs(drawdown)), 'below the highest equity')}
${figure('Moving together', known(together, (value) => formatNumber(value, 2)), graph === null ? 'mean correlation' : `mean correlation, ${formatCount(graph.window, 'session')}; all ${formatNumber(graph.names)} names ${formatNumber(graph.meanCorrelation, 2)}`)}
</dl>`;
}

function equityCurve({ trackRecord }: RecommendationDocument): Html {
  const equity = trackRecord?.equity ?? [];
  if (equity.length < 2) return html`<div class="panel"><h3>Equity</h3>${nothing('The curve begins with the second evening.')}</div>`;
  const text = `Equity of the paper book at the close and how far it was below its highest, ${formatCount(equity.length, 'session')} from ${formatShortDate(equity[0].session)} to ${formatShortDate(equity.at(-1)!.session)}.`;
  return html`<div class="panel"><h3>Equity</h3><div class="chart equity" data-chart="${EQUITY_CHART}" role="img" aria-label="${text}"><noscript>The chart needs scripts.</noscript></div><p class="note">${text}</p></div>`;
}

function sectors({ portfolio }: RecommendationDocument): Html {
  if (portfolio.sectors.length === 0) return html`<div class="panel"><h3>Sectors</h3>${nothing('No weight in any sector.')}</div>`;
  const largest = Math.max(...portfolio.sectors.map(({ weight }) => weight));
  const rows = portfolio.sectors.map(({ sector, weight }) => html`<li><span>${sector}</span><span class="track" aria-hidden="true"><span style="width:${largest > 0 ? Math.round((weight / largest) * 1000) / 10 : 0}%"></span></span><strong>${formatPercent(weight)}</strong></li>
`);
  return html`<div class="panel"><h3>Sectors <span class="unit">weight of equity after the actions</span></h3><ul class="sector-bars">${rows}</ul></div>`;
}

const COLUMNS: readonly Column[] = [
  ['Name', 'text'], ['Since', 'number'], ['Shares', 'number'], ['Paid', 'number'], ['Close', 'number'], ['Return', 'number'], ['Value', 'number'], ['Weight', 'number'], ['Stop', 'number'], ['Target', 'number'], ['Sector', 'text'],
];

function heldTable({ portfolio, recommendations }: RecommendationDocument): Html {
  const cards = new Set(recommendations.map(({ symbol }) => symbol));
  return plainTable('Held positions', COLUMNS, portfolio.held.map((position) => heldRow(position, cards)));
}

function heldRow(position: HeldPosition, cards: ReadonlySet<string>): readonly HtmlValue[] {
  const { symbol, listedSymbol, close, stop, target, return: gain } = position;
  const name = cards.has(symbol) ? html`<a href="#${anchor('name', symbol)}">${listedSymbol}</a>` : listedSymbol;
  const away = (level: number): Html => html`${formatPrice(level)} <span class="unit">${close > 0 ? formatSignedPercent(level / close - 1) : MISSING}</span>`;
  return [
    name, formatShortDate(position.entrySession), formatNumber(position.shares), formatPrice(position.entryPrice), formatPrice(close), html`<span class="${gain < 0 ? 'loss' : 'gain'}">${formatSignedPercent(gain)}</span>`,
    formatMoney(position.value), formatPercent(position.weight), away(stop), away(target), position.sector ?? 'unknown',
  ];
}
