import { XNYS } from '../../core/calendar.js';
import { DEALER_WORDS } from '../../options/intelligence/dealer-words.js';
import { formatCount, formatDay, formatNumber, formatPercent, formatPrice, formatShortMoney } from '../format.js';
import type { ChainView } from './chain-view.js';

/** What moves mean where dealers' gamma has one sign or the other, one sentence; `null` where the exposure is not known. */
export function gammaWords({ panel: { summary, spot } }: Pick<ChainView, 'panel'>): string | null {
  const total = summary.callGamma + summary.putGamma;
  if (!Number.isFinite(total)) return null;
  const sign = total >= 0 ? 'positive: hedging it works against moves' : 'negative: hedging it goes with moves';
  const side = summary.gammaFlip > 0 ? `, and it would change its sign at ${formatPrice(summary.gammaFlip)}, ${formatPercent(Math.abs(summary.gammaFlip / spot - 1))} ${summary.gammaFlip < spot ? 'below' : 'above'} the price` : '';
  return `Dealers' gamma of ${formatShortMoney(total)} a move of 1% is ${sign}${side}.`;
}

/** What a reader must know before believing the page. */
export function chainCaveats(view: ChainView): string[] {
  const { panel: { quality, spot }, closes, closesSince, rate, dealers, source, isSample, session } = view;
  const given = quality.spotFrom === 'parity' ? `The source has no price of the underlying: ${formatPrice(spot)} is read off put-call parity.` : null;
  const unknown = quality.spotFrom === null ? 'The price of the underlying is not known, so that nothing which depends on it is.' : null;
  return [
    ...(isSample ? ['These are the bundled chains, which show how the page looks and are evidence of nothing.'] : []),
    ...source.notes.map(asSentence),
    `Open interest is what was settled on ${formatDay(XNYS.previous(session))}, the session before; volume and prices are of the session itself.`,
    `Who is long and who is short is not known: dealers are taken to be ${DEALER_WORDS[dealers]}, and every exposure follows from that.`,
    ...(quality.isMixed ? ['The chain mixes contracts or prices of another basis (a split, a special dividend, or a repeated chain): what compares it with other sessions is left out.'] : []),
    ...[given, unknown].filter((text) => text !== null),
    ...(closes === 'chains' ? ['The store has no bars of this underlying: features take the unadjusted price in the chains as its close, and those that need volume have no value.'] : []),
    ...(closesSince === null ? [] : [`The price in the chains stepped on ${formatDay(closesSince)} as by a split: what compares closes leaves out those before it.`]),
    rate.from === 'treasury' ? `Riskless: ${formatPercent(rate.value, 2)} a year at 30 days, by Treasury yields known then.` : `Riskless: ${formatPercent(rate.value, 2)} a year, the configured rate (options.rate), as the store has no Treasury yields.`,
  ];
}

const asSentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? '' : '.');

/** Rows found, contracts that count, and where their volatilities are from, one sentence. */
export function qualityWords({ panel: { quality: { found, count, hasQuotes, volatilityFrom } } }: Pick<ChainView, 'panel'>): string {
  const { contract, surface, none } = volatilityFrom;
  const prices = hasQuotes ? 'Prices are middles of quotes' : 'Prices are last trades of the session';
  return `${formatCount(found, 'row')} came, ${formatCount(count, 'contract')} ${count === 1 ? 'counts' : 'count'}. ${prices}; with a volatility of their own: ${formatNumber(contract)}; with that of the surface at their strike and time: ${formatNumber(surface)}; with none: ${formatNumber(none)}.`;
}
