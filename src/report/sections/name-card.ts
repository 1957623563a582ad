import type { RecommendationDocument } from '../../recommendation/recommendation.js';
import { anchor } from '../escape.js';
import { formatCount, formatNumber, formatPercent, formatPrice, formatShortDate, formatSignedPercent, formatValue, MISSING } from '../format.js';
import { html, trusted, type Html, type HtmlValue } from '../html.js';
import { rangeBar, rangeScale, type RangeScale } from '../inline-svg.js';
import { edgeWords } from '../expected-words.js';
import type { ListedSymbols } from '../listed-name.js';
import { orderWords } from '../order-words.js';
import type { PositionView } from '../position-view.js';
import { actionBadge, renamed } from './badge.js';
import { cardNeighbours } from './card-neighbours.js';
import { cardOptions } from './card-options.js';
import { cardFeatures } from './card-features.js';
import { cardDisproof, cardReasons } from './card-reasons.js';
import { cardSize } from './card-size.js';
import { nothing, section } from './section.js';

/** What a card needs beside its own view. */
interface CardFrame {
  readonly scale: RangeScale;
  readonly members: number;
  readonly symbols: ListedSymbols;
}

/** One card a name: chart with levels, numbers, how its size came about, every reason, what would prove it wrong, features. What is to be bought or cut stands open, the rest folds away. */
export function nameCards({ intervalCoverage, features: { members }, symbols, options }: RecommendationDocument, views: readonly PositionView[]): Html {
  const frame: CardFrame = { scale: rangeScale(views.map((view) => view.recommendation.interval)), members, symbols };
  const note = views.length > 0 ? `Daily bars with volume. Lines: entry or price paid, stop, target. Cone: expected return and its ${formatPercent(intervalCoverage, 0)} interval from the next open. ${optionsNote(options)}` : null;
  const body = views.length > 0 ? views.map((view) => card(view, frame)) : nothing('No names to show.');
  return section('names', 'Names', note, body);
}

/** Where the options on the cards come from, or why there are none. */
function optionsNote({ source, absent }: RecommendationDocument['options']): string {
  return source === null ? (absent ?? '') : `Dotted: levels of the option chain. Options: ${source.source} (${source.licence}); open interest settled the session before.`;
}

/** Leading to a card opens it: the identifier stands on what is folded. */
function card(view: PositionView, { scale, members, symbols }: CardFrame): Html {
  const { recommendation: one } = view;
  const id = anchor('name', one.symbol);
  const open = one.action === 'enter' || one.action === 'reduce';
  return html`<article class="card${one.action === 'enter' ? '' : ' screen-only'}" aria-labelledby="${id}-title"><details${open ? trusted(' open') : null}>
<summary><h3 id="${id}-title"><span class="symbol">${one.listedSymbol}</span>${renamed(one)} <span class="company">${one.name ?? ''}</span></h3>${actionBadge(one.action)}<span class="sector">${one.sector ?? 'Sector unknown'}</span><span class="last">${lastPrice(view)}</span></summary>
<div class="card-body" id="${id}">
<div class="card-main">${chart(view)}
<div class="card-under">${cardSize(one, symbols)}${cardDisproof(one.wouldDisprove, symbols)}</div></div>
<div class="card-side">
${facts(view, scale)}
${cardReasons(one.reasons, symbols)}
${cardNeighbours(one.neighbours, symbols)}</div>
${cardOptions(view)}${cardFeatures(one.features, members)}</div>
</details></article>
`;
}

function lastPrice({ close, sincePaid }: PositionView): Html {
  if (close === null) return html`<span class="unknown">no close</span>`;
  const change = sincePaid === null ? null : html` <span class="${sincePaid < 0 ? 'loss' : 'gain'}">${formatSignedPercent(sincePaid)} since paid</span>`;
  return html`<span class="price">${formatPrice(close)}</span>${change}`;
}

function chart({ recommendation: one, bars }: PositionView): Html {
  if (bars === null) return html`<div class="chart-missing">${nothing('No bars to draw.')}</div>`;
  const lows = bars.low.filter((value) => value !== null);
  const highs = bars.high.filter((value) => value !== null);
  const range = lows.length > 0 && highs.length > 0 ? `Low ${formatPrice(Math.min(...lows))} and high ${formatPrice(Math.max(...highs))} in` : 'Closes of';
  const text = `${range} the ${formatCount(bars.sessions.length, 'session')} from ${formatShortDate(bars.sessions[0])} to ${formatShortDate(bars.sessions.at(-1)!)}.`;
  return html`<figure class="chart-frame"><div class="chart" data-chart="${one.symbol}" role="img" aria-label="Candlestick chart of ${one.listedSymbol}. ${text}"><noscript>The chart needs scripts; its levels stand beside it.</noscript></div><figcaption>${text}</figcaption></figure>`;
}

function facts(view: PositionView, scale: RangeScale): Html {
  const { recommendation: one } = view;
  return html`<dl class="facts">
${fact(one.action === 'enter' ? 'Entry' : 'Paid', formatPrice(one.entry))}${fact('Weight', html`${formatPercent(one.weight)} ${beside(`${formatNumber(one.shares)} sh`)}`)}
${one.action === 'exit' ? null : levels(view)}${fact('Trade', tradeText(view), 'whole')}${priorityFact(one.priority)}
${one.action === 'exit' ? null : fact(one.forecastHorizon === null ? 'Expected' : `Expected in ${formatCount(one.forecastHorizon, 'session')}`, expectedText(view, scale), 'outlook whole')}
</dl>`;
}

function levels(view: PositionView): Html {
  const { recommendation: one } = view;
  return html`${fact('Stop', html`${formatPrice(one.stop)} ${beside(formatSignedPercent(view.stopDistance))}`, 'stop')}${fact('At risk', html`${formatPercent(view.atRisk, 2)} ${beside('of equity')}`)}
${fact('Target', html`${formatPrice(one.target)} ${beside(formatSignedPercent(view.targetDistance))}`, 'target')}${fact('Reward to risk', view.rewardToRisk === null ? MISSING : `${formatNumber(view.rewardToRisk, 1)} : 1`)}${trailingFact(one.trailing)}${fact('Meant to last', formatCount(one.horizon, 'session'), 'whole')}
`;
}

/** A stop that follows the price. */
function trailingFact(distance: number | null): Html | null {
  return distance === null ? null : fact('Stop follows', html`${formatPrice(distance)} ${beside('below the highest close')}`, 'whole');
}

function tradeText({ recommendation, trade }: PositionView): HtmlValue {
  if (trade === null) return 'none';
  return html`${trade.side === 'buy' ? 'Buy' : 'Sell'} ${formatNumber(trade.shares)} ${beside(orderWords(recommendation))}`;
}

function priorityFact(priority: PositionView['recommendation']['priority']): Html {
  if (priority === null) return fact('Priority', html`<span class="unknown">none: it may not be held</span>`, 'whole');
  return fact('Priority', html`${formatNumber(priority.rank)} ${beside(`of ${formatNumber(priority.of)}, score ${formatValue(priority.score)}`)}`, 'whole');
}

function beside(text: string): Html {
  return html`<span class="second">${text}</span>`;
}

function fact(title: string, value: HtmlValue, kind = ''): Html {
  return html`<div class="${kind}"><dt>${title}</dt><dd>${value}</dd></div>
`;
}

function expectedText({ recommendation: one }: PositionView, scale: RangeScale): HtmlValue {
  const { expectedReturn, interval } = one;
  if (expectedReturn === null) return html`<span class="unknown">not enough history</span>`;
  const edge = edgeWords(one);
  const total = html`${formatSignedPercent(expectedReturn, 2)}${edge === null ? null : `, ${edge}`}`;
  if (interval === null) return total;
  return html`${rangeBar(expectedReturn, interval, scale)}<span>${total} <span class="second">${formatSignedPercent(interval[0])} to ${formatSignedPercent(interval[1])}</span></span>`;
}
