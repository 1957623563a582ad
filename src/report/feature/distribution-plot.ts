import { quantile } from '../../math/stats.js';
import { formatCount, formatFeature } from '../format.js';
import { html, type Html } from '../html.js';
import { axes, drawing, type PlotArea } from './frame.js';
import { histogram, type Histogram } from './histogram.js';
import { placeFlags, type PlacedFlag } from './mark-labels.js';
import { linearScale, type Scale } from './scale.js';
import { niceValues, unitTicks } from './ticks.js';

export interface Mark {
  readonly symbol: string;
  readonly value: number;
}

export interface DistributionPlot {
  /** Finite, ascending, at least one. */
  readonly sorted: readonly number[];
  readonly marks: readonly Mark[];
  readonly unit: string;
}

const PLOT_HEIGHT = 210;
const ROW = 18;
const LEFT = 44;
const RIGHT = 12;

/** Histogram of a feature across the members, with the median and some symbols marked. */
export function distributionPlot({ sorted, marks, unit }: DistributionPlot): Html {
  const bins = histogram(sorted);
  const median = quantile(sorted, 0.5);
  const label = `Histogram of ${formatCount(sorted.length, 'member')}: from ${formatFeature(sorted[0], unit)} to ${formatFeature(sorted[sorted.length - 1], unit)}, median ${formatFeature(median, unit)}.${marks.map(({ symbol, value }) => ` ${symbol} ${formatFeature(value, unit)}.`).join('')}`;
  return drawing(label, 0, (size) => {
    const air = bins.counts.length === 1 ? 3 : 0.5;
    const x = linearScale([bins.low - air * bins.width, bins.low + (bins.counts.length + air) * bins.width], [LEFT, size.width - RIGHT]);
    const at = (value: number): number => x.at(Math.min(x.high, Math.max(x.low, value)));
    const flags = placeFlags([{ text: `median ${formatFeature(median, unit)}`, kind: 'median', at: at(median) }, ...marks.map(({ symbol, value }) => ({ text: `${symbol} ${formatFeature(value, unit)}`, kind: 'mark' as const, at: at(value) }))], size.width);
    const top = 10 + ROW * flags.reduce((rows, { row }) => Math.max(rows, row + 1), 0);
    const area = { left: LEFT, right: size.width - RIGHT, top, bottom: top + PLOT_HEIGHT };
    const y = linearScale([0, Math.max(...bins.counts) * 1.04], [area.bottom, area.top]);
    const xTicks = unitTicks(unit, [x.low, x.high], Math.floor(size.width / 78));
    const yTicks = niceValues(0, y.high, 4).filter(Number.isInteger).map((value) => ({ value, label: String(value) }));
    return { height: area.bottom + 26, content: html`${axes({ area, x, y, xTicks, yTicks })}
<g class="bars">${bars(bins, { x, y, unit })}</g>
${flags.map((one) => markLine(one, area))}${flags.map((one) => markText(one, area))}` };
  });
}

function bars({ low, width, counts }: Histogram, { x, y, unit }: { readonly x: Scale; readonly y: Scale; readonly unit: string }): readonly Html[] {
  const tenth = (value: number): number => Math.round(value * 10) / 10;
  return counts.flatMap((count, i) => {
    if (count === 0) return [];
    const [left, right] = [x.at(low + i * width), x.at(low + (i + 1) * width)];
    const gap = counts.length === 1 ? 0 : Math.min(1, (right - left) * 0.1);
    const top = y.at(count);
    return [html`<rect x="${tenth(left + gap)}" y="${top}" width="${tenth(Math.max(1, right - left - 2 * gap))}" height="${tenth(y.at(0) - top)}"><title>${barTitle({ low, width, counts }, i, unit)}</title></rect>`];
  });
}

function barTitle({ low, width, counts }: Pick<Histogram, 'low' | 'width' | 'counts'>, i: number, unit: string): string {
  const members = formatCount(counts[i], 'member');
  const [from, to] = [formatFeature(low + i * width, unit), formatFeature(low + (i + 1) * width, unit)];
  if (counts.length === 1) return members;
  if (i === 0) return `${members} below ${to}`;
  return i === counts.length - 1 ? `${members} from ${from} up` : `${members} from ${from} to ${to}`;
}

function markLine({ kind, at, row }: PlacedFlag, area: PlotArea): Html {
  return html`<path class="${kind}" d="M${at} ${baseline(row, area) - 9}V${area.bottom}"/>`;
}

function markText({ text, kind, row, left }: PlacedFlag, area: PlotArea): Html {
  return html`<text class="${kind}" x="${Math.round(left * 10) / 10}" y="${baseline(row, area)}">${text}</text>`;
}

function baseline(row: number, area: PlotArea): number {
  return area.top - 8 - row * ROW;
}
