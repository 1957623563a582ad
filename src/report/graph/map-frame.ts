import type { Layout } from '../../graph/layout.js';

export const MAP_WIDTH = 1200;
export const MAP_HEIGHT = 860;
const MARGIN = 34;

export interface Places {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Most that one direction is stretched beyond the other. */
const MAX_STRETCH = 1.4;

/** The layout turned so that its longest extent lies across, and stretched to the frame, in both directions nearly the same. */
export function fitted(layout: Layout): Places {
  const { x, y } = turned(layout);
  const [left, right] = [Math.min(...x), Math.max(...x)];
  const [top, bottom] = [Math.min(...y), Math.max(...y)];
  const across = (MAP_WIDTH - 2 * MARGIN) / (right - left || 1);
  const down = (MAP_HEIGHT - 2 * MARGIN) / (bottom - top || 1);
  const place = (value: number, middle: number, size: number, scale: number): number => Math.round((size / 2 + (value - middle) * scale) * 10) / 10;
  return {
    x: x.map((value) => place(value, (left + right) / 2, MAP_WIDTH, Math.min(across, MAX_STRETCH * down))),
    y: y.map((value) => place(value, (top + bottom) / 2, MAP_HEIGHT, Math.min(down, MAX_STRETCH * across))),
  };
}

/** Rotated to its principal axes; the direction of each axis is that in which the first node lies on the positive side. */
function turned({ x, y }: Layout): Places {
  const size = Math.max(1, x.length);
  const [meanX, meanY] = [x.reduce((a, b) => a + b, 0) / size, y.reduce((a, b) => a + b, 0) / size];
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    xx += (x[i] - meanX) ** 2;
    yy += (y[i] - meanY) ** 2;
    xy += (x[i] - meanX) * (y[i] - meanY);
  }
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const along = x.map((value, i) => (value - meanX) * cos + (y[i] - meanY) * sin);
  const across = x.map((value, i) => (y[i] - meanY) * cos - (value - meanX) * sin);
  const direct = (values: Float64Array): Float64Array => ((values[0] ?? 0) < 0 ? values.map((value) => -value) : values);
  return { x: direct(along), y: direct(across) };
}
