import { MAP_HEIGHT, MAP_WIDTH, type Places } from './map-frame.js';

export interface MapLabel {
  readonly node: number;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end' | 'middle';
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const HEIGHT = 15;
const CHARACTER = 8.2;

const overlaps = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/**
 * Places of labels beside their nodes, in the order given, each where it covers no earlier label and no node; without such
 * a place there is none.
 */
export function mapLabels(places: Places, radius: Float64Array, names: readonly string[], order: readonly number[]): MapLabel[] {
  const nodes: Box[] = names.map((_, i) => ({ left: places.x[i] - radius[i], right: places.x[i] + radius[i], top: places.y[i] - radius[i], bottom: places.y[i] + radius[i] }));
  const taken: Box[] = [];
  const labels: MapLabel[] = [];
  for (const node of order) {
    const found = candidates(places, radius, names, node).find(({ box }) => {
      const inside = box.left >= 2 && box.right <= MAP_WIDTH - 2 && box.top >= 2 && box.bottom <= MAP_HEIGHT - 2;
      return inside && !taken.some((other) => overlaps(box, other)) && !nodes.some((other, i) => i !== node && overlaps(box, other));
    });
    if (!found) continue;
    taken.push(found.box);
    labels.push(found.label);
  }
  return labels;
}

function candidates({ x, y }: Places, radius: Float64Array, names: readonly string[], node: number): { readonly box: Box; readonly label: MapLabel }[] {
  const width = names[node].length * CHARACTER;
  const gap = radius[node] + 3;
  const at = (left: number, middle: number, anchor: MapLabel['anchor']): { box: Box; label: MapLabel } => ({
    box: { left, right: left + width, top: middle - HEIGHT / 2, bottom: middle + HEIGHT / 2 },
    label: { node, anchor, x: round(anchor === 'start' ? left : anchor === 'end' ? left + width : left + width / 2), y: round(middle + 4.5) },
  });
  return [at(x[node] + gap, y[node], 'start'), at(x[node] - gap - width, y[node], 'end'), at(x[node] - width / 2, y[node] - gap - HEIGHT / 2 + 2, 'middle'), at(x[node] - width / 2, y[node] + gap + HEIGHT / 2 - 2, 'middle')];
}

const round = (value: number): number => Math.round(value * 10) / 10;
