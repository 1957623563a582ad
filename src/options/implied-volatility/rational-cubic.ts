/** An arc between two points: its `width`, the values and slopes at its ends. */
export interface Arc {
  readonly width: number;
  readonly left: number;
  readonly right: number;
  readonly leftSlope: number;
  readonly rightSlope: number;
}

/** Least control parameter for which the denominator stays positive. */
const LEAST = -(1 - Math.sqrt(Number.EPSILON));

/**
 * The rational cubic through an arc's ends with its slopes, at the point `before` right of the left end and `after` left of the right one.
 *
 * `control` −1 < r bends it: 3 is the common cubic, ∞ the straight line.
 *
 * @see Delbourgo and Gregory (1985), "Shape preserving piecewise rational interpolation", equation 2.3
 */
export function rationalCubic(before: number, after: number, { width, left, right, leftSlope, rightSlope }: Arc, control: number): number {
  const t = before / width;
  const u = after / width;
  if (!(control < 1e16)) return right * t + left * u;
  const above = t * (t * (right * t + (control * right - width * rightSlope) * u) + (control * left + width * leftSlope) * u * u) + left * u * u * u;
  return above / (1 + (control - 3) * t * u);
}

/** Control parameter that gives the arc this second derivative at its left end, not so small that the arc would leave its shape. */
export function controlAtLeft(arc: Arc, second: number, keepsShape: boolean): number {
  const chord = (arc.right - arc.left) / arc.width;
  return bounded((0.5 * arc.width * second + (arc.rightSlope - arc.leftSlope)) / (chord - arc.leftSlope), arc, chord, keepsShape);
}

/** As `controlAtLeft`, for the second derivative at the right end. */
export function controlAtRight(arc: Arc, second: number, keepsShape: boolean): number {
  const chord = (arc.right - arc.left) / arc.width;
  return bounded((0.5 * arc.width * second + (arc.rightSlope - arc.leftSlope)) / (arc.rightSlope - chord), arc, chord, keepsShape);
}

/** The bounds of monotone and convex arcs (Delbourgo and Gregory, 1985, equations 3.8 and 4.7): the arcs here are either both or monotone. */
function bounded(control: number, { leftSlope, rightSlope }: Arc, chord: number, keepsShape: boolean): number {
  const rise = Math.abs(rightSlope - leftSlope);
  const isConvex = (chord - leftSlope) * (rightSlope - chord) > 0;
  const least = isConvex || keepsShape ? Math.max(rise / Math.abs(rightSlope - chord), rise / Math.abs(chord - leftSlope)) : LEAST;
  const monotone = leftSlope * chord >= 0 && rightSlope * chord >= 0 && chord !== 0 ? (leftSlope + rightSlope) / chord : LEAST;
  return Math.max(control, least, monotone, LEAST);
}
