import { InvariantError } from '../../core/errors.js';
import type { TailState } from './adaptive-tail.js';
import type { ConformalSettings } from './conformal-settings.js';
import type { CorrectedIntervals, IntervalCorrection } from './corrected-intervals.js';

/** A session whose outcomes are not yet known. */
export interface PendingSession {
  readonly session: number;
  /** As they were given, [interval]. */
  readonly forecasts: readonly CorrectedIntervals[];
  /** As they were issued, [interval]. */
  readonly corrections: readonly (IntervalCorrection | null)[];
}

/** The same as plain JSON; `null` where there was no forecast. */
export interface PendingState {
  readonly session: number;
  readonly forecasts: readonly { readonly low: readonly (number | null)[]; readonly high: readonly (number | null)[] }[];
  readonly corrections: readonly (IntervalCorrection | null)[];
}

/** Where a calibrator stands, as plain JSON. */
export interface ConformalState {
  readonly settings: ConformalSettings;
  /** Session at which it last heard something; `null` before. */
  readonly now: number | null;
  /** Session it last issued intervals for. */
  readonly issued: number | null;
  /** Of each interval. */
  readonly tails: readonly { readonly low: TailState; readonly high: TailState }[];
  readonly pending: readonly PendingState[];
}

export function writePending({ session, forecasts, corrections }: PendingSession): PendingState {
  const row = (values: Float64Array): (number | null)[] => Array.from(values, (value) => (Number.isNaN(value) ? null : value));
  return { session, forecasts: forecasts.map(({ low, high }) => ({ low: row(low), high: row(high) })), corrections };
}

export interface ReadState extends Omit<ConformalState, 'settings' | 'pending'> {
  readonly pending: readonly PendingSession[];
}

/**
 * The parts of a saved state, checked.
 * @throws InvariantError `BAD_CONFORMAL_STATE` when it is none, or one of other settings
 */
export function readConformalState(state: ConformalState, settings: ConformalSettings): ReadState {
  if (!isState(state)) throw bad('expected the state of a calibrator {settings, now, issued, tails, pending}, found something else');
  const [found, expected] = [state.settings, settings].map(({ intervals, span, window, gamma, minSessions }) => JSON.stringify({ intervals: intervals.map(({ low, high }) => [low, high]), span, window, gamma, minSessions }));
  if (found !== expected) throw bad(`expected a state of the settings ${expected}, found one of ${found}`);
  const count = settings.intervals.length;
  if (state.tails.length !== count || !state.tails.every(({ low, high }) => isTail(low, settings) && isTail(high, settings))) throw bad(`expected tails of ${count} intervals, each with a level and ascending scores of at most ${settings.window} sessions, found others`);
  if (!state.pending.every((one, i) => isPending(one, count) && (i === 0 || one.session > state.pending[i - 1].session))) throw bad(`expected ascending sessions with forecasts of ${count} intervals, found others`);
  const row = (values: readonly (number | null)[]): Float64Array => Float64Array.from(values, (value) => value ?? Number.NaN);
  const pending = state.pending.map(({ session, forecasts, corrections }) => ({ session, corrections, forecasts: forecasts.map(({ low, high }) => ({ low: row(low), high: row(high) })) }));
  return { now: state.now, issued: state.issued, tails: state.tails, pending };
}

/** A state comes from a file: what its type promises is not sure. */
function isState(state: unknown): state is ConformalState {
  const { settings, now, issued, tails, pending } = (state ?? {}) as Partial<Record<keyof ConformalState, unknown>>;
  const places = [now, issued].every((place) => place === null || Number.isSafeInteger(place));
  const lists = isList(tails) && isList(pending) && isList((settings as Partial<ConformalSettings> | null | undefined)?.intervals);
  return places && lists && tails.every((one) => isObject(one)) && pending.every((one) => isObject(one));
}

function isTail(tail: TailState | undefined, { window }: ConformalSettings): boolean {
  if (!isObject(tail) || !(tail.level >= 0 && tail.level <= 1) || !isList(tail.scores) || tail.scores.length > window) return false;
  return tail.scores.every((row) => isList(row) && row.length > 0 && row.every((score, i) => Number.isFinite(score) && (i === 0 || row[i - 1] <= score)));
}

function isPending({ session, forecasts, corrections }: PendingState, count: number): boolean {
  if (!Number.isSafeInteger(session) || !isList(forecasts) || forecasts.length !== count || !isList(corrections) || corrections.length !== count) return false;
  const stocks = forecasts[0]?.low?.length;
  const isRow = (row: unknown): boolean => isList(row) && row.length === stocks && row.every((value) => value === null || Number.isFinite(value));
  const isCorrection = (one: IntervalCorrection | null): boolean => one === null || (Number.isFinite(one?.low) && Number.isFinite(one.high));
  return forecasts.every((one) => isObject(one) && isRow(one.low) && isRow(one.high)) && corrections.every(isCorrection);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function bad(message: string): InvariantError {
  return new InvariantError(`${message} in ConformalCalibrator`, { code: 'BAD_CONFORMAL_STATE' });
}
