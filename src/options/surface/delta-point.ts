/** Steps of the search for a delta; it needs about six. */
const MOST_STEPS = 60;

/**
 * Log moneyness at which −k / √w + √w / 2 = d1: the strike of a given forward delta, N(d1) of a call, N(d1) − 1 of a put.
 *
 * Bracketed from the money outwards, then the Illinois rule; in a smile without butterfly arbitrage there is just one.
 *
 * @param totalVariance of log moneyness
 * @returns NaN where there is none within the bounds
 * @see Dowell and Jarratt (1971), A modified regula falsi method; Fukasawa (2012) on d1 being monotone
 */
export function moneynessOfD1(totalVariance: (k: number) => number, d1: number, bounds: { readonly lowest: number; readonly highest: number }): number {
  const off = (k: number): number => {
    const deviation = Math.sqrt(totalVariance(k));
    return -k / deviation + deviation / 2 - d1;
  };
  let near = 0;
  let offNear = off(near);
  if (offNear === 0) return near;
  // d1 falls as the strike rises
  const outward = offNear > 0 ? 1 : -1;
  const bound = outward > 0 ? bounds.highest : bounds.lowest;
  if (!(bound * outward > 0)) return Number.NaN;
  const step = Math.sqrt(totalVariance(0));
  let far = near;
  let offFar = offNear;
  while (offFar * outward > 0 && far !== bound) {
    [near, offNear] = [far, offFar];
    far = outward * Math.min(bound * outward, far * outward + step);
    offFar = off(far);
  }
  if (!(offFar * outward <= 0)) return Number.NaN;
  return illinois(off, { a: near, b: far, fa: offNear, fb: offFar });
}

/** Root between a and b, at which the values have opposite signs. */
function illinois(f: (x: number) => number, bracket: { a: number; b: number; fa: number; fb: number }): number {
  let { a, b, fa, fb } = bracket;
  for (let step = 0; step < MOST_STEPS && Math.abs(fb) > 1e-12; step++) {
    const x = b - (fb * (b - a)) / (fb - fa);
    const fx = f(x);
    if (fx * fb < 0) [a, fa] = [b, fb];
    else fa /= 2;
    [b, fb] = [x, fx];
  }
  return b;
}
