import { textWidth } from './frame.js';

/** A line at a value that carries a text at its top, like a flag. */
export interface Flag {
  readonly text: string;
  readonly kind: 'median' | 'mark';
  /** Pixel of its line. */
  readonly at: number;
}

export interface PlacedFlag extends Flag {
  /** Row of its text above the plot, 0 lowest; its line ends there. */
  readonly row: number;
  /** Pixels between which the text stands. */
  readonly left: number;
  readonly right: number;
}

const GAP = 5;

/**
 * Flags in rows such that no text covers another and, where that is possible, no line runs through a text: from right to
 * left, each in the lowest free row, its text to the right of its line or, near the end of the plot, to the left.
 */
export function placeFlags(flags: readonly Flag[], width: number): readonly PlacedFlag[] {
  const placed: PlacedFlag[] = [];
  for (const flag of [...flags].sort((a, b) => b.at - a.at)) placed.push(bestPlace(flag, placed, width));
  return placed.reverse();
}

function bestPlace(flag: Flag, placed: readonly PlacedFlag[], width: number): PlacedFlag {
  const room = textWidth(flag.text, flag.kind === 'mark');
  const shift = Math.min(width - (flag.at + GAP + room), 0);
  const sides = shift < 0 ? [Math.max(0, flag.at - GAP - room), flag.at + GAP + shift] : [flag.at + GAP];
  const candidates = Array.from({ length: placed.length + 1 }, (_, row) => sides.map((left): PlacedFlag => ({ ...flag, row, left, right: left + room }))).flat();
  const free = candidates.filter((one) => placed.every((other) => other.row !== one.row || one.right + GAP < other.left || other.right + GAP < one.left));
  return free.reduce((best, one) => (crossings(one, placed) < crossings(best, placed) ? one : best));
}

/** How often a line of one runs through a text of the other. */
function crossings(one: PlacedFlag, placed: readonly PlacedFlag[]): number {
  const through = (line: PlacedFlag, text: PlacedFlag): number => Number(text.row <= line.row && line.at > text.left - 2 && line.at < text.right + 2);
  return placed.reduce((sum, other) => sum + through(one, other) + through(other, one), 0);
}
