import type { OptionFigures } from '../../recommendation/evening-options.js';
import { formatCount, formatNumber, formatPercent, formatPrice, formatShortMoney, MISSING } from '../format.js';
import { html, type Html } from '../html.js';
import { smallOpenInterest, smallSmile, smallTermStructure } from '../options/small-charts.js';
import { directionBadge } from '../options/tables.js';
import type { PositionView } from '../position-view.js';

/** Basis of quoted prices and prices of the document that are one and the same, as a fraction apart. */
const SAME = 0.005;

/** What fits into the one line that paper has for it. */
const ON_PAPER: ReadonlySet<string> = new Set(['IV, 30 days', 'IV rank', "Dealers' gamma", 'Flip', 'Call wall', 'Put wall', 'Max pain']);

/** What the option chain of a name tells: key figures, small charts, signals; nothing without a chain. */
export function cardOptions({ options }: PositionView): Html | null {
  if (options === null) return null;
  const charts = [['Open interest by strike', smallOpenInterest(options)], [smileTitle(options.smile), smallSmile(options)], ['Volatility by days to expiry', smallTermStructure(options)]] as const;
  const drawn = charts.flatMap(([title, chart]) => (chart === null ? [] : [html`<figure><figcaption>${title}</figcaption>${chart}</figure>`]));
  return html`<div class="card-options"><h4>Options${basisNote(options)}</h4>
<dl>${figureTexts(options.figures).map(([title, value, beside]) => html`<div class="${ON_PAPER.has(title) ? '' : 'only-screen'}"><dt>${title}</dt><dd>${value}${beside === null ? null : html` <span class="second">${beside}</span>`}</dd></div>`)}</dl>
${drawn.length === 0 ? null : html`<div class="small-charts">${drawn}</div>`}${signalList(options.signals)}</div>
`;
}

function smileTitle(smile: NonNullable<PositionView['options']>['smile']): string {
  return smile === null ? 'Smile' : `Smile of ${formatCount(smile.days, 'day')}`;
}

/** Said where the chain's prices are not those of the chart. */
function basisNote({ toClose, isMixed }: NonNullable<PositionView['options']>): Html | null {
  const basis = toClose === null ? 'in quoted prices, whose basis among the chart’s is not known' : Math.abs(toClose - 1) > SAME ? `in quoted prices; on the chart times ${formatNumber(toClose, 4)}` : null;
  const notes = [basis, isMixed ? 'the chain mixes contracts of another basis' : null].filter((note) => note !== null);
  return notes.length === 0 ? null : html` <span class="note">${notes.join('; ')}</span>`;
}

function figureTexts(figures: OptionFigures): readonly (readonly [title: string, value: string, beside: string | null])[] {
  const { volatility30, volatilityRank, volatilitySessions, modelFreeVolatility30, putCallVolume, putCallOpenInterest, gammaExposure, gammaFlip, callWall, putWall, maxPain } = figures;
  const or = (value: number | null, format: (known: number) => string): string => (value === null ? MISSING : format(value));
  return [
    ['IV, 30 days', or(volatility30, formatPercent), null],
    ['IV rank', or(volatilityRank, (rank) => formatPercent(rank, 0)), `of ${formatCount(volatilitySessions, 'session')}`],
    ['Model-free', or(modelFreeVolatility30, formatPercent), null],
    ['Put/call', or(putCallVolume, (ratio) => formatNumber(ratio, 2)), `open ${or(putCallOpenInterest, (ratio) => formatNumber(ratio, 2))}`],
    ["Dealers' gamma", or(gammaExposure, formatShortMoney), 'a 1% move'],
    ['Flip', or(gammaFlip, formatPrice), null],
    ['Call wall', or(callWall, formatPrice), null],
    ['Put wall', or(putWall, formatPrice), null],
    ['Max pain', or(maxPain, formatPrice), null],
  ];
}

function signalList(signals: NonNullable<PositionView['options']>['signals']): Html | null {
  if (signals.length === 0) return null;
  return html`<ul class="option-signals">${signals.map(({ direction, sentence }) => html`<li>${directionBadge(direction)} ${sentence}</li>
`)}</ul>`;
}
