import { fromEpochDay, toEpochDay, type IsoDate } from '../../../core/dates.js';
import { fromCents } from '../../../portfolio/cents.js';
import { positionOf, type Book, type Fill, type Order, type TradePlan } from '../../../portfolio/book.js';
import { splitRatio, type DatedAction } from '../../../strategy/dated-action.js';
import type { Panel } from '../../../table/panel.js';
import { valueText as text } from '../audit-report.js';

/** What is wrong with a fill, in a code and in words. */
export interface FillProblem {
  readonly code: string;
  readonly expected: number | string | null;
  readonly found: number | string | null;
  readonly words: string;
}

export interface FillPlace {
  /** Book as the step found it: its orders were decided before. */
  readonly before: Book;
  /** Last session of the step. */
  readonly session: IsoDate;
  /** Columns quotedOpen, quotedHigh, quotedLow, quotedClose [symbol, session]. */
  readonly bars: Panel;
  readonly actions: ReadonlyMap<string, readonly DatedAction[]>;
}

interface Bar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** Shares changed hands without anybody's decision. */
const UNDECIDED: ReadonlySet<string> = new Set(['delisted', 'split-cash']);

/**
 * Whether a fill could have been had by an order that was decided at the close of an earlier session; `null` when it could.
 *
 * At the open: its reference is the open of its session. A limit: the open, or the limit that the low reached. A resting stop or
 * target: the open beyond it, else the level that the range reached, the stop first. The price is never better than the
 * reference, and as much worse as the costs that the fill tells.
 */
export function fillProblem(fill: Fill, place: FillPlace): FillProblem | null {
  if (UNDECIDED.has(fill.reason)) return null;
  return untimely(fill, place) ?? withoutBar(fill, place) ?? offPrice(fill, place) ?? offCosts(fill);
}

function untimely(fill: Fill, { before, session, bars }: FillPlace): FillProblem | null {
  const order = orderOf(fill, before);
  const isExpected = order !== undefined || isResting(fill, before);
  const from = order?.decidedOn ?? before.session;
  const isAfter = from !== null && fill.session > from && fill.session <= session;
  if (isExpected && isAfter) return null;
  const at = nearestPrice(fill, bars);
  const words = isExpected ? `it was filled in a session that is not after its decision of ${from}${at}` : `no order or level for it was waiting when the session began: it was decided and filled in one session${at}; what is decided at a close fills at the next open`;
  return { code: 'filled-with-its-decision', expected: 'a later session', found: fill.session, words };
}

/** What its reference is a price of: the trail to a wrong index. */
function nearestPrice({ symbol, session, reference }: Fill, bars: Panel): string {
  for (const [offset, when] of [[0, 'of that session'], [-1, 'of the session before'], [1, 'of the session after']] as const) {
    const bar = barOf(bars, symbol, session, offset);
    const name = bar && (['open', 'close', 'high', 'low'] as const).find((one) => equal(bar[one], reference));
    if (name) return `, at ${text(reference)}, the ${name} ${when}`;
  }
  return `, at ${text(reference)}`;
}

function withoutBar({ symbol, session }: Fill, { bars }: FillPlace): FillProblem | null {
  const bar = barOf(bars, symbol, session, 0);
  return bar !== null && (bar.open > 0 || bar.close > 0) ? null : { code: 'filled-without-a-bar', expected: null, found: session, words: 'there is no bar of it on that session: a missing open is no fill' };
}

function offPrice(fill: Fill, place: FillPlace): FillProblem | null {
  const bar = barOf(place.bars, fill.symbol, fill.session, 0)!;
  const order = orderOf(fill, place.before);
  return order === undefined ? offLevel(fill, bar, place) : offOrder(fill, bar, order, place);
}

function offOrder(fill: Fill, bar: Bar, order: Order, place: FillPlace): FillProblem | null {
  const limit = fill.side === 'buy' && typeof order.limit === 'number' ? order.limit / ratioOf(fill, place) : null;
  const expected = limit === null || bar.open <= limit ? bar.open : bar.low <= limit ? limit : Number.NaN;
  if (equal(expected, fill.reference)) return null;
  const rule = limit === null ? `orders fill at the open, which was ${text(bar.open)}` : `its limit of ${text(limit)} fills at the open of ${text(bar.open)} or at the limit if the low of ${text(bar.low)} reaches it`;
  return { code: 'filled-off-the-open', expected: Number.isNaN(expected) ? null : expected, found: fill.reference, words: `${rule}, and it filled${nearestPrice(fill, place.bars)}` };
}

/** Resting stops and targets: of a position that was held, or of an order that filled in the same session. */
function offLevel(fill: Fill, bar: Bar, place: FillPlace): FillProblem | null {
  const { plan, entry } = planOf(fill, place.before);
  const ratio = ratioOf(fill, place);
  const limit = entry?.limit === undefined || entry.limit === null ? null : entry.limit / ratio;
  // bought within the range at a limit: of the session only its low and its close surely came after
  const seen = limit !== null && bar.open > limit ? { ...bar, open: limit, high: bar.close } : bar;
  const [stop, target] = [plan.stop / ratio, plan.target / ratio];
  if (isLater(fill, place)) return within(fill, bar);
  return fill.reason === 'stop' ? offStop(fill, seen, stop, place) : offTarget(fill, seen, { stop, target });
}

/** Whether sessions lie between the book and the fill, in which levels may have moved and stops may have been sold in part. */
const isLater = ({ session }: Fill, { before, bars }: FillPlace): boolean => before.session === null || bars.indexOf(session) - bars.indexOnOrBefore(toEpochDay(before.session)) > 1;

function within({ reference }: Fill, { low, high }: Bar): FillProblem | null {
  return reference >= low * (1 - CLOSE) && reference <= high * (1 + CLOSE) ? null : { code: 'filled-outside-the-range', expected: null, found: reference, words: `it filled from ${text(reference)}, outside of the session's range from ${text(low)} to ${text(high)}` };
}

function offStop(fill: Fill, bar: Bar, stop: number, { bars }: FillPlace): FillProblem | null {
  const expected = bar.open <= stop ? bar.open : bar.low <= stop ? stop : Number.NaN;
  if (equal(expected, fill.reference)) return null;
  if (!Number.isNaN(expected)) return { code: 'stop-off-its-price', expected, found: fill.reference, words: `its stop of ${text(stop)} fills at ${expected === stop ? 'the stop' : `the open of ${text(bar.open)}, which was beyond it`}, and it filled from ${text(fill.reference)}` };
  const next = barOf(bars, fill.symbol, fill.session, 1);
  const hint = next !== null && next.low <= stop ? `: it is the low of the session after, ${text(next.low)}, that does` : '';
  return { code: 'stop-not-reached', expected: null, found: fill.reference, words: `its stop of ${text(stop)} was not reached by the low of ${text(bar.low)} on that session${hint}` };
}

function offTarget(fill: Fill, bar: Bar, { stop, target }: { readonly stop: number; readonly target: number }): FillProblem | null {
  const expected = bar.open >= target ? bar.open : bar.low <= stop || !(bar.high >= target) ? Number.NaN : target;
  if (equal(expected, fill.reference)) return null;
  if (!Number.isNaN(expected)) return { code: 'target-off-its-price', expected, found: fill.reference, words: `its target of ${text(target)} fills at ${text(expected)}, and it filled from ${text(fill.reference)}` };
  const words = bar.low <= stop ? `the same bar reached its stop of ${text(stop)}, which counts first` : `its target of ${text(target)} was not reached by the high of ${text(bar.high)} on that session`;
  return { code: bar.low <= stop ? 'target-before-stop' : 'target-not-reached', expected: null, found: fill.reference, words };
}

/** A price is worse than its reference by what the fill says that it cost, and never better. */
function offCosts({ side, price, reference, shares, concession }: Fill): FillProblem | null {
  const worse = side === 'buy' ? price - reference : reference - price;
  if (worse < -CLOSE * reference) return { code: 'better-than-the-price', expected: reference, found: price, words: `it was ${side === 'buy' ? 'bought' : 'sold'} at ${text(price)}, better than the ${text(reference)} it was made from` };
  const told = fromCents(concession);
  if (Math.abs(worse * shares - told) <= 0.02 + 1e-9 * reference * shares) return null;
  return { code: 'costs-do-not-add-up', expected: told, found: worse * shares, words: `its ${shares} shares at ${text(price)} are ${text(worse * shares)} away from their value at ${text(reference)}, and it tells of ${text(told)}` };
}

/** Its order: waiting when the step began; what rests is no order. */
function orderOf({ symbol, side, reason }: Fill, { orders }: Book): Order | undefined {
  return orders.find((order) => order.symbol === symbol && order.side === side && (!LEVELS.has(reason) || order.kind === reason));
}

const LEVELS: ReadonlySet<string> = new Set(['stop', 'target']);

function isResting({ symbol, side, reason }: Fill, before: Book): boolean {
  return side === 'sell' && LEVELS.has(reason) && (positionOf(before, symbol) !== undefined || before.orders.some((order) => order.symbol === symbol && order.side === 'buy'));
}

/** The plan that rests, and the order that opened the position in the same step. */
function planOf({ symbol }: Fill, before: Book): { readonly plan: TradePlan; readonly entry: Order | undefined } {
  const bought = before.orders.find((order) => order.symbol === symbol && order.side === 'buy');
  return bought?.plan ? { plan: bought.plan, entry: bought } : { plan: positionOf(before, symbol)!, entry: undefined };
}

/** New shares for one old of the splits since the book was written: its levels are in old shares. */
function ratioOf({ symbol, session }: Fill, { before, actions }: FillPlace): number {
  const own = actions.get(symbol);
  return own === undefined || before.session === null ? 1 : splitRatio(own, toEpochDay(before.session), toEpochDay(session));
}

/** The quoted bar `offset` sessions from one; `null` where the panel ends or has no such symbol. */
function barOf(bars: Panel, symbol: string, session: IsoDate, offset: number): Bar | null {
  const t = bars.indexOf(session);
  const day = bars.sessions[t + offset] as number | undefined;
  if (t < 0 || day === undefined || !bars.hasSymbol(symbol)) return null;
  const [open, high, low, close] = (['quotedOpen', 'quotedHigh', 'quotedLow', 'quotedClose'] as const).map((name) => bars.value(name, symbol, fromEpochDay(day)));
  return { open, high, low, close };
}

/** Rounding of a level that was restated by a split. */
const CLOSE = 1e-9;

const equal = (a: number, b: number): boolean => Math.abs(a - b) <= CLOSE * Math.abs(b);
