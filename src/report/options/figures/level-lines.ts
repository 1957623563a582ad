import type { Palette } from '../../palette.js';

/** A price that is marked across a chart of strikes. */
export interface PriceLevel {
  readonly label: string;
  readonly price: number;
  readonly colour: keyof Palette;
  readonly dash: 'solid' | 'dash' | 'dot';
}

/** Lines and labels of levels, as parts of a plotly layout. */
export interface LevelLines {
  readonly shapes: readonly object[];
  readonly annotations: readonly object[];
  /** Pixels above the plot that the labels take. */
  readonly room: number;
}

export interface LevelPlace {
  /** Lowest and highest price of the axis. */
  readonly range: readonly [number, number];
  /** Pixels of the plot, about. */
  readonly width: number;
  readonly palette: Palette;
}

const ROW = 15;
/** Pixels of a letter of a label, about. */
const LETTER = 6.2;

/** Vertical lines at levels within the axis, their labels above the plot in rows such that none covers another. */
export function levelLines(levels: readonly PriceLevel[], { range: [low, high], width, palette }: LevelPlace): LevelLines {
  const drawn = levels.filter(({ price }) => price >= low && price <= high).sort((a, b) => a.price - b.price);
  const ends: number[] = [];
  const rows = drawn.map(({ label, price }) => {
    const middle = ((price - low) / (high - low)) * width;
    const half = (label.length * LETTER) / 2 + 4;
    const free = ends.findIndex((end) => end < middle - half);
    const row = free < 0 ? ends.length : free;
    ends[row] = middle + half;
    return row;
  });
  return {
    shapes: drawn.map(({ price, colour, dash }) => ({ type: 'line', xref: 'x', yref: 'paper', x0: price, x1: price, y0: 0, y1: 1, line: { color: palette[colour], width: 1.25, dash } })),
    annotations: drawn.map(({ label, price, colour }, i) => ({ text: label, x: price, xref: 'x', y: 1, yref: 'paper', yanchor: 'bottom', yshift: rows[i] * ROW, showarrow: false, font: { size: 11, color: palette[colour] } })),
    room: 8 + ROW * Math.max(1, ends.length),
  };
}
