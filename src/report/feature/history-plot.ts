import type { IsoDate } from '../../core/dates.js';
import { html, type Html } from '../html.js';
import { axes, drawing, textWidth } from './frame.js';
import { bandPath, linePath, stepArea, stepPath } from './paths.js';
import { extent, linearScale } from './scale.js';
import { sessionTicks, unitTicks, type Tick } from './ticks.js';

/** Lines over sessions; NaN breaks them. */
export interface HistoryPlot {
  readonly label: string;
  readonly sessions: readonly IsoDate[];
  readonly unit: string;
  /** Pixels. */
  readonly height: number;
  /** Two lines [session] with the space between them filled. */
  readonly band?: { readonly low: ArrayLike<number>; readonly high: ArrayLike<number> };
  readonly lines: readonly { readonly kind: 'median' | 'one' | 'share'; readonly values: ArrayLike<number> }[];
  /** A level a session from 0 up, filled. [session] */
  readonly area?: ArrayLike<number>;
  /** Whether a line stays at its value for the session and jumps, as what is yes or no does. */
  readonly steps?: boolean;
  /** Lowest and highest value of the axis; those of the data when absent. */
  readonly range?: readonly [number, number];
}

const TOP = 10;
const BOTTOM = 26;
const RIGHT = 14;

/** A plot over sessions with a cross that the page's script moves; `null` when there is no value at all. */
export function historyPlot({ label, sessions, unit, height, band, area: filled, steps = false, lines, range }: HistoryPlot): Html | null {
  const found = extent([...(band ? [band.low, band.high] : []), ...(filled ? [filled] : []), ...lines.map(({ values }) => values)]);
  if (found === null) return null;
  const domain = range ?? found;
  const path = steps ? stepPath : linePath;
  return drawing(label, height, ({ width }) => {
    const yTicks = unitTicks(unit, domain, Math.floor(height / 44));
    const area = { left: leftOf(yTicks), right: width - RIGHT, top: TOP, bottom: height - BOTTOM };
    const x = linearScale([0, sessions.length - 1], [area.left + 1, area.right]);
    const y = linearScale(domain, [area.bottom, area.top]);
    const content = html`${axes({ area, x, y, xTicks: sessionTicks(sessions, Math.floor(width / 74)), yTicks })}
${band ? html`<path class="band" d="${bandPath(band.low, band.high, x, y)}"/>` : null}${filled ? html`<path class="band" d="${stepArea(filled, x, y)}"/>` : null}${lines.map(({ kind, values }) => html`<path class="line ${kind}" d="${path(values, x, y)}"/>`)}
<path class="cross" d="M0 ${area.top}V${area.bottom}" data-from="${x.at(0)}" data-to="${x.at(sessions.length - 1)}"/>`;
    return { content };
  });
}

function leftOf(ticks: readonly Tick[]): number {
  return Math.max(34, 14 + Math.max(0, ...ticks.map(({ label }) => textWidth(label))));
}
