import type { Layout } from '../../graph/layout.js';

export const MAP_WIDTH = 1200;
export const MAP_HEIGHT = 860;
const MARGIN = 34;

export interface Places {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** The layout turned so that its longest extent lies across, and stretched to the frame, the same in both directions. */
export function fitted(layout: Layout): Places {
  const { x, y } = turned(layout);
  const [left, right] = [Math.min(...x), Math.max(...x)];
  const [top, bottom] = [Math.min(...y), Math.max(...y)];
  const scale = Math.min((MAP_WIDTH - 2 * MARGIN) / (right - left || 1), (MAP_HEIGHT - 2 * MARGIN) / (bottom - top || 1));
  const place = (value: number, low: number, high: number, size: number): number => Math.round((size / 2 + (value - (low + high) / 2) * scale) * 10) / 10;
  return { x: x.map((value) => place(value, left, right, MAP_WIDTH)), y: y.map((value) => place(value, top, bottom, MAP_HEIGHT)) };
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
