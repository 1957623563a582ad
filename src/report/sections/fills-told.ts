import type { Changes } from '../../recommendation/recommendation.js';
import { formatNumber, formatPrice, formatSignedPercent } from '../format.js';
import { html, type Html } from '../html.js';
import { listedName, type ListedSymbols } from '../listed-name.js';
import { block } from './changes-block.js';

type Filled = Changes['filled'][number];

/** What the market closed by a level that was set before: told first, as nobody ordered it that evening. */
const LEVELS: Readonly<Record<string, string>> = { stop: 'Stopped out', target: 'Reached its target' };

/** What was filled, most urgent first: what left by its stop or its target, what else was sold and what for, what was bought. */
export function fillsTold(filled: readonly Filled[], symbols: ListedSymbols): readonly (Html | null)[] {
  const left = Object.keys(LEVELS).flatMap((reason) => filled.filter((one) => one.side === 'sell' && one.reason === reason));
  const sold = filled.filter((one) => one.side === 'sell' && !Object.hasOwn(LEVELS, one.reason));
  const bought = filled.filter((one) => one.side === 'buy');
  return [
    block('Left by stop or target', left.length, lines(left, (one) => leftWords(one, symbols))),
    block('Sold', sold.length, lines(sold, (one) => soldWords(one, symbols))),
    block('Bought', bought.length, lines(bought, (one) => html`${formatNumber(one.shares)} ${name(one, symbols)} at ${formatPrice(one.price)}`)),
  ];
}

function lines(filled: readonly Filled[], words: (one: Filled) => Html): Html {
  return html`<ul class="lines">${filled.map((one) => html`<li>${words(one)}</li>`)}</ul>`;
}

function leftWords(one: Filled, symbols: ListedSymbols): Html {
  return html`${LEVELS[one.reason]}: ${name(one, symbols)} at ${formatPrice(one.price)}${gained(one)}`;
}

function soldWords(one: Filled, symbols: ListedSymbols): Html {
  return html`${formatNumber(one.shares)} ${name(one, symbols)} at ${formatPrice(one.price)}${gained(one)} <span class="unit">${one.reason.replaceAll('-', ' ')}</span>`;
}

function name({ symbol }: Filled, symbols: ListedSymbols): Html {
  return html`<strong>${listedName(symbols, symbol)}</strong>`;
}

function gained({ return: gain }: Filled): Html | null {
  return gain === null ? null : html`, <span class="${gain < 0 ? 'loss' : 'gain'}">${formatSignedPercent(gain)}</span>`;
}
