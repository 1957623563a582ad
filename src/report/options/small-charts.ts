import type { NameOptions } from '../../recommendation/evening-options.js';
import { axes, type PlotArea } from '../feature/frame.js';
import { extent, linearScale, type Scale } from '../feature/scale.js';
import { niceValues, unitTicks, type Tick } from '../feature/ticks.js';
import { formatCount, formatNumber, formatPercent, formatShortMoney } from '../format.js';
import { html, type Html } from '../html.js';

const WIDTH = 330;
const HEIGHT = 150;
/** Volatility that an axis spans at least. */
const LEAST_SPAN = 0.02;
const AREA: PlotArea = { left: 42, right: WIDTH - 8, top: 8, bottom: HEIGHT - 24 };

/** Open contracts by strike: calls up, puts down; `null` where none is open. */
export function smallOpenInterest({ openInterest: { strike, calls, puts }, spot }: NameOptions): Html | null {
  const most = Math.max(0, ...calls, ...puts);
  const range = extent([strike, spot === null ? [] : [spot]], 0.04);
  if (most === 0 || range === null) return null;
  const x = linearScale(range, [AREA.left, AREA.right]);
  const y = linearScale([-most, most], [AREA.bottom, AREA.top]);
  const width = Math.max(1, Math.min(9, (0.7 * (AREA.right - AREA.left)) / strike.length));
  const bar = (kind: string, k: number, count: number): Html | null => (count === 0 ? null : html`<rect class="${kind}" x="${tenth(x.at(strike[k]) - width / 2)}" y="${tenth(Math.min(y.at(0), y.at(count)))}" width="${tenth(width)}" height="${tenth(Math.abs(y.at(count) - y.at(0)))}"><title>${formatNumber(Math.abs(count))} ${kind} at ${formatNumber(strike[k], 2)}</title></rect>`);
  const yTicks = niceValues(0, most, 2).flatMap((value) => (value === 0 ? [0] : [value, -value])).map((value) => ({ value, label: formatShortMoney(Math.abs(value)).replace(/\.0+(?= |$)/, '') }));
  const label = `Open interest at ${formatCount(strike.length, 'strike')}: most calls at ${formatNumber(strike[calls.indexOf(Math.max(...calls))], 2)}, most puts at ${formatNumber(strike[puts.indexOf(Math.max(...puts))], 2)}.`;
  return small(label, html`${axes({ area: AREA, x, y, xTicks: plainTicks(range), yTicks })}${strike.map((_, k) => [bar('calls', k, calls[k]), bar('puts', k, -puts[k])])}${mark(x, spot)}`);
}

/** Contracts and the curve through them; `null` without a smile. */
export function smallSmile({ smile, spot }: NameOptions): Html | null {
  if (smile === null) return null;
  const { quotes, curve, days } = smile;
  const [across, up] = [extent([curve.strike], 0.02), volatilityExtent([curve.volatility, quotes.volatility])];
  if (across === null || up === null) return null;
  const [x, y] = [linearScale(across, [AREA.left, AREA.right]), linearScale(up, [AREA.bottom, AREA.top])];
  const dots = quotes.strike.map((strike, i) => html`<circle cx="${x.at(strike)}" cy="${y.at(quotes.volatility[i])}" r="2"/>`);
  return small(`Smile of the expiry in ${formatCount(days, 'day')}, from ${formatPercent(Math.min(...curve.volatility))} to ${formatPercent(Math.max(...curve.volatility))}.`, html`${axes({ area: AREA, x, y, xTicks: plainTicks(across), yTicks: unitTicks('fraction', up, 3) })}${dots}<path class="curve" d="${path(curve.strike, curve.volatility, x, y)}"/>${mark(x, spot)}`);
}

/** At-the-money volatility by days to expiry, these on a logarithmic axis; `null` for fewer than two expiries. */
export function smallTermStructure({ termStructure }: NameOptions): Html | null {
  const up = volatilityExtent([termStructure.map(({ volatility }) => volatility)]);
  if (termStructure.length < 2 || up === null) return null;
  const days = termStructure.map((one) => Math.log(one.days));
  const across = extent([days], 0.04)!;
  const [x, y] = [linearScale(across, [AREA.left, AREA.right]), linearScale(up, [AREA.bottom, AREA.top])];
  const volatility = termStructure.map((one) => one.volatility);
  const xTicks = [1, 7, 30, 90, 365].map((value) => ({ value: Math.log(value), label: `${value} d` }));
  const [first, last] = [termStructure[0], termStructure[termStructure.length - 1]];
  return small(`At-the-money volatility: ${formatPercent(first.volatility)} at ${formatCount(first.days, 'day')}, ${formatPercent(last.volatility)} at ${formatCount(last.days, 'day')}.`, html`${axes({ area: AREA, x, y, xTicks, yTicks: unitTicks('fraction', up, 3) })}<path class="curve" d="${path(days, volatility, x, y)}"/>${termStructure.map((one, i) => html`<circle class="known" cx="${x.at(days[i])}" cy="${y.at(one.volatility)}" r="2.6"><title>${formatCount(one.days, 'day')}: ${formatPercent(one.volatility)}</title></circle>`)}`);
}

/** Lowest and highest with some air, never closer than two points: less is no shape. */
function volatilityExtent(lists: readonly (readonly number[])[]): readonly [number, number] | null {
  const found = extent(lists, 0.1);
  if (found === null) return null;
  const lack = Math.max(0, LEAST_SPAN - (found[1] - found[0])) / 2;
  return [Math.max(0, found[0] - lack), found[1] + lack];
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

function small(label: string, content: Html): Html {
  return html`<svg class="small-chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}" focusable="false">${content}</svg>`;
}

function plainTicks([low, high]: readonly [number, number]): Tick[] {
  return niceValues(low, high, 4).map((value) => ({ value, label: formatNumber(value, Number.isInteger(value) ? 0 : 1) }));
}

function path(xs: readonly number[], ys: readonly number[], x: Scale, y: Scale): string {
  return xs.map((value, i) => `${i === 0 ? 'M' : 'L'}${x.at(value)} ${y.at(ys[i])}`).join('');
}

/** Where the price stands. */
function mark(x: Scale, spot: number | null): Html | null {
  return spot === null || spot < x.low || spot > x.high ? null : html`<path class="spot" d="M${x.at(spot)} ${AREA.top}V${AREA.bottom}"/>`;
}
