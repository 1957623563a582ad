import { SYNTHETIC_MARK } from '../../simulation/synthetic-market.js';
import { formatCount, formatDate, formatNumber, formatPercent, formatPrice, formatShortMoney, formatSignedPercent, MISSING } from '../format.js';
import { html, type Html } from '../html.js';
import { figure } from '../sections/header.js';
import type { ChainView } from './chain-view.js';
import { gammaWords } from './words.js';

/** What it is, of when and from where, and the figures that are read first. */
export function chainHeader(view: ChainView): Html {
  const { underlying, session, source, isSample } = view;
  const words = gammaWords(view);
  const mark = isSample ? 'sample' : source.source.startsWith(SYNTHETIC_MARK) ? SYNTHETIC_MARK : null;
  return html`<header class="masthead" id="top">
<p class="eyebrow">Options ${mark === null ? null : html`<span class="badge reduce">${mark}</span>`}</p>
<h1>${underlying} <span class="lead">options at the close of</span> <time datetime="${session}">${formatDate(session)}</time></h1>
<p class="summary">${words}</p>
<p class="stands-on">${source.source}; licence ${source.licence}.</p>
${chainFigureRow(view)}
</header>
`;
}

/** Title, value and note of each figure that is read first; as text for the terminal, too. */
export function headerFigures({ panel: { spot, summary }, features, underlying }: ChainView): readonly (readonly [title: string, value: string, note: string])[] {
  const rank = features.find(({ name }) => name === 'iv-rank-252');
  const away = (level: number): string => (Number.isFinite(level / spot) ? `${formatSignedPercent(level / spot - 1)} from the price` : 'none in the chain');
  const money = (value: number): string => (Number.isFinite(value) ? formatShortMoney(value) : MISSING);
  const modelFree = Math.sqrt(summary.modelFreeVariance30);
  return [
    ['Price', formatPrice(spot), `${underlying}, unadjusted`],
    ['IV, 30 days', formatPercent(summary.volatility30), 'at the money, a year'],
    ['IV rank', formatPercent(rank?.value ?? Number.NaN, 0), rankNote(rank)],
    ['Model-free, 30 days', formatPercent(modelFree), 'volatility by all strikes'],
    ['Put/call', formatNumber(summary.putVolume / summary.callVolume, 2), `by volume; ${formatNumber(summary.putOpenInterest / summary.callOpenInterest, 2)} by open interest`],
    ["Dealers' gamma", money(summary.callGamma + summary.putGamma), `a move of 1%; calls ${money(summary.callGamma)}, puts ${money(summary.putGamma)}`],
    ['Gamma flip', formatPrice(summary.gammaFlip), away(summary.gammaFlip)],
    ['Call wall', formatPrice(summary.callWall), away(summary.callWall)],
    ['Put wall', formatPrice(summary.putWall), away(summary.putWall)],
    ['Max pain', formatPrice(summary.maxPain), away(summary.maxPain)],
  ];
}

function rankNote(rank: ChainView['features'][number] | undefined): string {
  if (rank === undefined || rank.support === null) return 'not known';
  return rank.value === null ? (rank.missing ?? 'not known') : `of ${formatCount(rank.support, 'session')}, 252 when full`;
}

function chainFigureRow(view: ChainView): Html {
  return html`<dl class="figures">
${headerFigures(view).map(([title, value, note]) => figure(title, value, note))}
</dl>`;
}
