import type { Panel } from '../../table/panel.js';
import { forEachSeries, type BarSeries } from './series.js';
import { MIN_HISTORY, usualReturn, volumeRatio } from './usual.js';

/**
 * A jump that looks like a wrong price or a missing adjustment rather than news, as seen at the close of its own bar.
 *
 * News moves a price with many shares traded and a wide range, and most ranges of neighbouring days touch. A bar of
 * another date, a mistyped close or a missing adjustment comes on ordinary volume, within an ordinary range, with a
 * hole between its range and that of the day before. All is logarithmic.
 */
export interface Jump {
  /** Row of the symbol and position of the session in the panel. */
  readonly row: number;
  readonly session: number;
  readonly kinds: readonly JumpKind[];
  /** Return from the close before. */
  readonly change: number;
  /** Return from the close before to the open. */
  readonly opening: number;
  /** Usual size of a daily return before the jump. */
  readonly usual: number;
  /** Volume over its median before the jump. */
  readonly volumeRatio: number;
  /** What the next bar shows; `null` while there is none. */
  readonly next: NextBar | null;
}

/** apart: the whole bar lies elsewhere; spike: only the close does; shift: a new level, reached too quietly for news. */
export type JumpKind = 'apart' | 'spike' | 'shift';

export interface NextBar {
  readonly session: number;
  /** Distance between the ranges of the jump's bar and the next one on the way back; negative when they overlap. */
  readonly gapBack: number;
  /** Returns from the close before the jump to the open and to the close of the next bar. */
  readonly open: number;
  readonly close: number;
}

/** Bars further apart than this many sessions are not compared. */
const MAX_SESSIONS_APART = 5;

const MIN_CHANGE = 0.025;
/** A change below this many usual returns is an ordinary day. */
const MIN_USUALS = 3;
/** Above this multiple of the median volume, something happened. */
const QUIET_VOLUME = 3;

/** Smallest hole between ranges, in usual returns. */
const MIN_GAP_USUALS = 0.5;
/** Share of the change that the next open takes back at least when a whole bar was wrong, and misses at most when only the close was. */
const BACK = 0.25;

const MIN_OUTSIDE = 0.03;
const SPIKE = { change: 0.1, usuals: 8, opening: 0.25 };
/** `range`: a day that trades over more than this is a panic, not a distribution. */
const SHIFT = { change: 0.1, gapRanges: 2, range: 0.2, quietness: 0.5 };

/** What can be said about bar `j` from the bars up to it, before the costly medians. */
interface Shape {
  readonly change: number;
  readonly size: number;
  /** Distance between the ranges of the bar before and this one; negative when they overlap. */
  readonly gap: number;
  readonly range: number;
  /** Return from the close before to the open. */
  readonly opening: number;
  /** Distance by which the close lies outside its own high and low. */
  readonly outside: number;
}

/** Log distance from the range of one bar to that of another in the direction of `sign`; negative when they overlap. */
function rangeGap(series: BarSeries, from: number, to: number, sign: number): number {
  return sign > 0 ? Math.log(series.low[to] / series.high[from]) : Math.log(series.low[from] / series.high[to]);
}

function shapeAt(series: BarSeries, j: number): Shape | null {
  const before = series.close[j - 1];
  const close = series.close[j];
  const change = Math.log(close / before);
  const size = Math.abs(change);
  if (size < MIN_CHANGE || series.at[j] - series.at[j - 1] > MAX_SESSIONS_APART) return null;
  const gap = rangeGap(series, j - 1, j, change);
  const outside = Math.max(0, Math.log(close / series.high[j]), Math.log(series.low[j] / close));
  if (gap <= 0 && size < SPIKE.change && outside < MIN_OUTSIDE) return null;
  // a move that takes back the one before it is where a wrong price ends, not where one begins
  if (Math.abs(Math.log(close / series.close[j - 2])) < size / 2) return null;
  return { change, size, gap, range: Math.log(series.high[j] / series.low[j]), opening: Math.log(series.open[j] / before), outside };
}

/**
 * How quietly a price came to another level: the hole between the ranges in units of the day's range, times the move in
 * usual returns, times its size, over the square of relative volume. Distributions score above 0.5, news mostly below.
 */
function quietness({ size, gap, range }: Shape, usual: number, volume: number): number {
  if (gap <= 0) return 0;
  return ((gap / Math.max(range, usual / 2)) * (size / usual) * size) / Math.max(volume, 0.5) ** 2;
}

function kindsOf(shape: Shape, usual: number, volume: () => number): JumpKind[] {
  const { size, gap, range, opening, outside } = shape;
  if (size < MIN_USUALS * usual) return [];
  const kinds: JumpKind[] = [];
  if (gap >= MIN_GAP_USUALS * usual && volume() < QUIET_VOLUME) kinds.push('apart');
  const farOff = size >= Math.max(SPIKE.change, SPIKE.usuals * usual) && Math.abs(opening) < SPIKE.opening * size;
  if (outside >= Math.max(MIN_OUTSIDE, MIN_USUALS * usual) || (farOff && volume() < QUIET_VOLUME)) kinds.push('spike');
  const level = size >= SHIFT.change && gap >= SHIFT.gapRanges * range && range <= SHIFT.range;
  if (level && quietness(shape, usual, volume()) >= SHIFT.quietness) kinds.push('shift');
  return kinds;
}

function nextBar(series: BarSeries, j: number, change: number): NextBar | null {
  if (j + 1 >= series.count || series.at[j + 1] - series.at[j] > MAX_SESSIONS_APART) return null;
  const before = series.close[j - 1];
  return {
    session: series.at[j + 1],
    gapBack: rangeGap(series, j, j + 1, -change),
    open: Math.log(series.open[j + 1] / before),
    close: Math.log(series.close[j + 1] / before),
  };
}

/** Jumps of one symbol, in time order. */
function jumpsOf(series: BarSeries, row: number): Jump[] {
  const jumps: Jump[] = [];
  for (let j = MIN_HISTORY; j < series.count; j++) {
    const shape = shapeAt(series, j);
    if (shape === null) continue;
    const usual = usualReturn(series, j);
    let ratio = Number.NaN;
    const volume = (): number => (Number.isNaN(ratio) ? (ratio = volumeRatio(series, j)) : ratio);
    const kinds = kindsOf(shape, usual, volume);
    if (kinds.length === 0) continue;
    jumps.push({ row, session: series.at[j], kinds, change: shape.change, opening: shape.opening, usual, volumeRatio: volume(), next: nextBar(series, j, shape.change) });
  }
  return jumps;
}

/** Whether the next bar undoes the jump: the price was wrong, or the move lasted exactly one bar. */
export function reverts({ kinds, change, usual, next }: Jump): boolean {
  if (next === null) return false;
  const size = Math.abs(change);
  if (kinds.includes('apart') && next.gapBack >= MIN_GAP_USUALS * usual && Math.abs(change - next.open) >= BACK * size) return true;
  return kinds.includes('spike') && Math.abs(next.open) < BACK * size && Math.abs(next.close) < BACK * size;
}

/** Whether the next bar stays at the new level of a shift. */
export function stays(jump: Jump): boolean {
  return jump.kinds.includes('shift') && jump.next !== null && !reverts(jump) && jump.next.close / jump.change >= 0.5;
}

const found = new WeakMap<Panel, readonly Jump[]>();

/** Jumps of all symbols, by symbol and session; kept with the (immutable) panel, since three rules read them. */
export function findJumps(panel: Panel): readonly Jump[] {
  let jumps = found.get(panel);
  if (jumps === undefined) {
    const all: Jump[] = [];
    forEachSeries(panel, (series, row) => all.push(...jumpsOf(series, row)));
    jumps = all;
    found.set(panel, jumps);
  }
  return jumps;
}
