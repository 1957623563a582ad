/** Distances between strikes, quote currency. */
const STEPS = [0.5, 1, 2.5, 5, 10, 25, 50, 100, 250];
/** Deviations to either side that strikes reach, most strikes of a side, and the days below which the reach does not shrink further. */
const [REACH, A_SIDE] = [4, 14];
/** Share of the spot that a step is at least: one dollar from 50 on, five from 250 on. */
const LEAST_SHARE = 0.02;

/** Equally distant strikes that are wanted at once. */
export interface StrikeWindow {
  readonly step: number;
  readonly lowest: number;
  readonly highest: number;
}

/** Strikes about the spot within four deviations, on the smallest step that does with twenty a side. @param deviation of the log price to expiry */
export function strikeWindow(spot: number, deviation: number): StrikeWindow {
  const reach = REACH * deviation;
  const least = Math.max(spot * LEAST_SHARE, (spot * reach) / A_SIDE);
  const step = STEPS.find((one) => one >= least) ?? STEPS[STEPS.length - 1];
  const [low, high] = [spot * Math.exp(-reach), spot * Math.exp(reach)];
  const lowest = Math.max(1, Math.ceil(Math.max(low, spot - A_SIDE * step) / step)) * step;
  return { step, lowest, highest: Math.max(lowest, Math.floor(Math.min(high, spot + A_SIDE * step) / step) * step) };
}

/** Whether all strikes of the second window are in the first. */
export function covers(one: StrikeWindow, { step, lowest, highest }: StrikeWindow): boolean {
  return one.step === step && lowest >= one.lowest && highest <= one.highest;
}

export function strikesOf({ step, lowest, highest }: StrikeWindow): number[] {
  return Array.from({ length: Math.round((highest - lowest) / step) + 1 }, (_, n) => lowest + n * step);
}
