/** A point of a plane with the value there. */
export interface PlanePoint {
  readonly x: number;
  readonly y: number;
  readonly value: number;
}

export interface PlaneSearchOptions {
  readonly stepX: number;
  readonly stepY: number;
  /** The search ends when its three values differ by no more than this share of the larger ones, or after this many evaluations. */
  readonly tolerance: number;
  readonly evaluations: number;
}

/**
 * Minimum of a function of two variables by the simplex search, from a triangle at `start`; infinite values bound the search.
 *
 * @see Nelder and Mead (1965), A simplex method for function minimization; coefficients 1, 2, 1/2, 1/2 as there
 */
export function searchPlane(f: (x: number, y: number) => number, start: PlanePoint, { stepX, stepY, tolerance, evaluations }: PlaneSearchOptions): PlanePoint {
  let best: PlanePoint = start;
  let middle = at(f, start.x + stepX, start.y);
  let worst = at(f, start.x, start.y + stepY);
  for (let used = 2; used < evaluations; ) {
    if (middle.value < best.value) [best, middle] = [middle, best];
    if (worst.value < middle.value) [middle, worst] = [worst, middle];
    if (middle.value < best.value) [best, middle] = [middle, best];
    if (worst.value - best.value <= tolerance * Math.abs(worst.value)) break;
    const [x, y] = [(best.x + middle.x) / 2, (best.y + middle.y) / 2];
    const reflected = at(f, 2 * x - worst.x, 2 * y - worst.y);
    used++;
    if (reflected.value < best.value) {
      const expanded = at(f, 3 * x - 2 * worst.x, 3 * y - 2 * worst.y);
      used++;
      worst = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < middle.value) {
      worst = reflected;
    } else {
      const kept = reflected.value < worst.value ? reflected : worst;
      const inner = at(f, (x + kept.x) / 2, (y + kept.y) / 2);
      used++;
      if (inner.value < kept.value) {
        worst = inner;
      } else {
        middle = at(f, (best.x + middle.x) / 2, (best.y + middle.y) / 2);
        worst = at(f, (best.x + worst.x) / 2, (best.y + worst.y) / 2);
        used += 2;
      }
    }
  }
  if (middle.value < best.value) best = middle;
  return worst.value < best.value ? worst : best;
}

function at(f: (x: number, y: number) => number, x: number, y: number): PlanePoint {
  const value = f(x, y);
  return { x, y, value: Number.isNaN(value) ? Infinity : value };
}
