import { MAP_HEIGHT, MAP_WIDTH, type Places } from './map-frame.js';

export interface MapLabel {
  readonly node: number;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end' | 'middle';
  readonly size: LabelSize;
}

export type LabelSize = 'large' | 'small' | 'narrow';

export interface LabelledNodes {
  readonly places: Places;
  /** [node] */
  readonly radius: Float64Array;
  readonly names: readonly string[];
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Pixels: height of a line, width of a capital, from the middle of a line to its base. */
const TYPE = { large: { height: 15, character: 8.2, base: 4.5 }, small: { height: 11.5, character: 6.2, base: 3.4 }, narrow: { height: 30, character: 18, base: 9.5 } } as const;

const overlaps = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/**
 * Places of labels beside their nodes, in the order given, each where it covers no earlier label and no node; without such
 * a place there is none. Those for a narrow screen, on which they are larger than what they lie on, may cover nodes.
 */
export function mapLabels({ places, radius, names }: LabelledNodes, order: readonly number[], sizeOf: (rank: number) => LabelSize): MapLabel[] {
  const nodes: Box[] = names.map((_, i) => ({ left: places.x[i] - radius[i], right: places.x[i] + radius[i], top: places.y[i] - radius[i], bottom: places.y[i] + radius[i] }));
  const taken: Box[] = [];
  const labels: MapLabel[] = [];
  for (const [rank, node] of order.entries()) {
    const size = sizeOf(rank);
    const found = candidates({ places, radius, names }, node, size).find(({ box }) => {
      const inside = box.left >= 2 && box.right <= MAP_WIDTH - 2 && box.top >= 2 && box.bottom <= MAP_HEIGHT - 2;
      return inside && !taken.some((other) => overlaps(box, other)) && (size === 'narrow' || !nodes.some((other, i) => i !== node && overlaps(box, other)));
    });
    if (!found) continue;
    taken.push(found.box);
    labels.push(found.label);
  }
  return labels;
}

function candidates({ places: { x, y }, radius, names }: LabelledNodes, node: number, size: LabelSize): { readonly box: Box; readonly label: MapLabel }[] {
  const { height, character, base } = TYPE[size];
  const width = names[node].length * character;
  const gap = radius[node] + 3;
  const at = (left: number, middle: number, anchor: MapLabel['anchor']): { box: Box; label: MapLabel } => ({
    box: { left, right: left + width, top: middle - height / 2, bottom: middle + height / 2 },
    label: { node, anchor, size, x: round(anchor === 'start' ? left : anchor === 'end' ? left + width : left + width / 2), y: round(middle + base) },
  });
  return [at(x[node] + gap, y[node], 'start'), at(x[node] - gap - width, y[node], 'end'), at(x[node] - width / 2, y[node] - gap - height / 2 + 2, 'middle'), at(x[node] - width / 2, y[node] + gap + height / 2 - 2, 'middle')];
}

const round = (value: number): number => Math.round(value * 10) / 10;
