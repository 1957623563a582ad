import type { Scale } from './scale.js';

/** An SVG path through the values [session]; a missing value breaks it, a lone value is a dot (with round line ends). */
export function linePath(values: ArrayLike<number>, x: Scale, y: Scale): string {
  return runs(values.length, (i) => Number.isFinite(values[i]))
    .map((run) => (run.length === 1 ? `M${x.at(run[0])} ${y.at(values[run[0]])}h0` : points(run, values, x, y)))
    .join('');
}

/** An SVG path of a level a session, from half a session before to half a session after it within the axis; a missing value breaks it. */
export function stepPath(values: ArrayLike<number>, x: Scale, y: Scale): string {
  const edge = (position: number): number => x.at(Math.min(x.high, Math.max(x.low, position)));
  return runs(values.length, (i) => Number.isFinite(values[i]))
    .map((run) => `M${edge(run[0] - 0.5)} ${y.at(values[run[0]])}${run.map((i, k) => `${k > 0 && values[i] !== values[i - 1] ? `V${y.at(values[i])}` : ''}H${edge(i + 0.5)}`).join('')}`)
    .join('');
}

/** A closed SVG path between two lines [session]; a session where either is missing breaks it. */
export function bandPath(low: ArrayLike<number>, high: ArrayLike<number>, x: Scale, y: Scale): string {
  return runs(low.length, (i) => Number.isFinite(low[i]) && Number.isFinite(high[i]))
    .map((run) => `${points(run, high, x, y)}${points(run.toReversed(), low, x, y).replace('M', 'L')}Z`)
    .join('');
}

/** Bars from the bottom of the plot to a level a session, as one closed SVG path; a missing value leaves a gap. */
export function stepArea(values: ArrayLike<number>, x: Scale, y: Scale): string {
  return stepPath(values, x, y).split('M').slice(1).map((run) => `M${run}V${y.at(0)}H${run.slice(0, run.indexOf(' '))}Z`).join('');
}

function points(run: readonly number[], values: ArrayLike<number>, x: Scale, y: Scale): string {
  return run.map((i, k) => `${k === 0 ? 'M' : 'L'}${x.at(i)} ${y.at(values[i])}`).join('');
}

/** Stretches of positions that hold something. */
function runs(length: number, holds: (i: number) => boolean): readonly (readonly number[])[] {
  const all: number[][] = [];
  for (let i = 0; i < length; i++) {
    if (!holds(i)) continue;
    if (i > 0 && holds(i - 1)) all.at(-1)!.push(i);
    else all.push([i]);
  }
  return all;
}
