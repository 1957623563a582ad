import { html, type Html } from '../html.js';
import type { Scale } from './scale.js';
import type { Tick } from './ticks.js';

/** Pixels of a plot; pages hold each plot in three sizes and show the one that fits, so that text stays readable. */
export interface PlotSize {
  readonly kind: 'wide' | 'medium' | 'narrow';
  readonly width: number;
}

export const PLOT_SIZES: readonly PlotSize[] = [{ kind: 'wide', width: 920 }, { kind: 'medium', width: 560 }, { kind: 'narrow', width: 330 }];

/** Rectangle inside the axes. */
export interface PlotArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Axes {
  readonly area: PlotArea;
  readonly x: Scale;
  readonly y: Scale;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
}

/** Grid lines with labels at the left, ticks with labels below. Labels that would leave the plot are left out. */
export function axes({ area, x, y, xTicks, yTicks }: Axes): Html {
  const rows = yTicks.filter(({ value }) => value >= y.low && value <= y.high);
  const columns = xTicks.filter(({ value }) => value >= x.low && value <= x.high);
  return html`<g class="grid">${rows.map(({ value }) => html`<path d="M${area.left} ${y.at(value)}H${area.right}"/>`)}</g>
<g class="base"><path d="M${area.left} ${area.bottom}H${area.right}"/>${columns.map(({ value }) => html`<path d="M${x.at(value)} ${area.bottom}v4"/>`)}</g>
<g class="labels">${rows.map(({ value, label }) => html`<text x="${area.left - 8}" y="${y.at(value) + 4}" text-anchor="end">${label}</text>`)}${columns.map(({ value, label }) => columnLabel(x.at(value), label, area))}</g>`;
}

function columnLabel(at: number, label: string, { left, right, bottom }: PlotArea): Html {
  const half = textWidth(label) / 2;
  const inside = Math.min(right + 10 - half, Math.max(left - 10 + half, at));
  return html`<text x="${Math.round(inside * 10) / 10}" y="${bottom + 18}" text-anchor="middle">${label}</text>`;
}

/** About how wide a text of 12 pixels is, or more in a bold one. */
export function textWidth(text: string, bold = false): number {
  return text.length * (bold ? 7.4 : 6.7);
}

/** A drawing in each size; `label` tells what it shows to those who do not see it. */
export function drawing(label: string, height: number, draw: (size: PlotSize) => { readonly content: Html; readonly height?: number }): Html {
  return html`${PLOT_SIZES.map((size) => {
    const { content, height: own = height } = draw(size);
    return html`<svg class="plot ${size.kind}" viewBox="0 0 ${size.width} ${own}" role="img" aria-label="${label}" focusable="false">
${content}
</svg>
`;
  })}`;
}
