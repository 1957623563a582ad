import { fromEpochDay, type EpochDay } from '../core/dates.js';
import { InvariantError } from '../core/errors.js';
import type { Rng } from '../core/rng.js';
import type { Panel } from '../table/panel.js';
import type { Interval } from './block-bootstrap.js';
import { EventClusters } from './event-clusters.js';

/** Something that happened to an instrument. */
export interface StudiedEvent {
  readonly symbol: string;
  /** Session 0 of the event, as epoch day. */
  readonly session: EpochDay;
}

export interface EventStudyInput {
  /** Column `return` [symbol, session]: simple return of each session, NaN where there is none. */
  readonly returns: Panel;
  readonly events: readonly StudiedEvent[];
  /** Sessions before and after session 0. */
  readonly before: number;
  readonly after: number;
  /** Return of each session that is taken off, [session]; none unless given. */
  readonly benchmark?: ArrayLike<number>;
  /** Draws the bootstrap. */
  readonly rng: Rng;
  /** Series of events drawn, 2,000 unless given. */
  readonly replicates?: number;
}

/** A mean over events, with what chance does to it. */
export interface EventMean {
  readonly mean: number | null;
  /** Mean over its standard error across events; those of one session count as one, and those whose sessions overlap with Bartlett weights (Driscoll and Kraay, 1998). */
  readonly t: number | null;
  /** 95 % interval by a bootstrap that draws whole sessions with their events. */
  readonly interval: Interval | null;
}

export interface EventOffset {
  /** Sessions after the event, negative before it. */
  readonly offset: number;
  /** Abnormal return of that session. */
  readonly abnormal: EventMean;
  /** Sum of abnormal returns from the first offset to this one. */
  readonly cumulative: EventMean;
}

/** Plain JSON, `null` where a figure is not defined. */
export interface EventStudy {
  /** Events counted. */
  readonly events: number;
  /** Sessions on which they fell. */
  readonly sessions: number;
  readonly offsets: readonly EventOffset[];
  /** Sum of abnormal returns over the whole window. */
  readonly total: EventMean;
  /** Events that count nowhere, by the first reason that holds. */
  readonly leftOut: { readonly unknownSymbol: number; readonly noSession: number; readonly outsideSessions: number; readonly missingReturn: number };
}

/**
 * Mean and cumulative abnormal returns around events: return less benchmark, averaged over events by offset.
 *
 * Only events whose whole window is there count, so that all offsets are means of the same events.
 *
 * @throws InvariantError `BAD_EVENT_STUDY` when the window is not of whole sessions or the benchmark is not as long as the sessions
 * @see MacKinlay (1997), market-adjusted returns; sessions drawn whole: Cameron, Gelbach and Miller (2008)
 */
export function eventStudy(input: EventStudyInput): EventStudy {
  const { before, after, rng, replicates = 2000 } = input;
  checkInput(input);
  const { windows, at, leftOut } = readWindows(input);
  const clusters = new EventClusters(at, { rng: rng.fork('events'), replicates });
  const width = before + after + 1;
  const sums = windows.map(runningSums);
  const meanOf = (values: Float64Array, lags: number): EventMean => ({ mean: clusters.mean(values), t: clusters.t(values, lags), interval: clusters.interval(values) });
  const offsets = Array.from({ length: width }, (_, k): EventOffset => ({
    offset: k - before,
    abnormal: meanOf(Float64Array.from(windows, (window) => window[k]), 0),
    cumulative: meanOf(Float64Array.from(sums, (window) => window[k]), k),
  }));
  return { events: windows.length, sessions: clusters.sessions.length, offsets, total: offsets[width - 1].cumulative, leftOut };
}

interface Windows {
  /** Abnormal returns, [event][offset]. */
  readonly windows: readonly Float64Array[];
  /** Position of session 0, [event]. */
  readonly at: readonly number[];
  readonly leftOut: Record<keyof EventStudy['leftOut'], number>;
}

function readWindows(input: EventStudyInput): Windows {
  const leftOut = { unknownSymbol: 0, noSession: 0, outsideSessions: 0, missingReturn: 0 };
  const windows: Float64Array[] = [];
  const at: number[] = [];
  for (const event of input.events) {
    const found = windowOf(event, input);
    if (typeof found === 'string') leftOut[found]++;
    else {
      windows.push(found.window);
      at.push(found.t);
    }
  }
  return { windows, at, leftOut };
}

function windowOf({ symbol, session }: StudiedEvent, { returns, before, after, benchmark }: EventStudyInput): { t: number; window: Float64Array } | keyof EventStudy['leftOut'] {
  if (!returns.hasSymbol(symbol)) return 'unknownSymbol';
  const t = returns.indexOf(fromEpochDay(session));
  if (t < 0) return 'noSession';
  if (t < before || t + after >= returns.sessions.length) return 'outsideSessions';
  const series = returns.series('return', symbol);
  const window = Float64Array.from({ length: before + after + 1 }, (_, k) => series[t - before + k] - (benchmark?.[t - before + k] ?? 0));
  return window.some(Number.isNaN) ? 'missingReturn' : { t, window };
}

function runningSums(window: Float64Array): Float64Array {
  let sum = 0;
  return window.map((value) => (sum += value));
}

function checkInput({ returns, before, after, benchmark }: EventStudyInput): void {
  const found = (message: string, fields: Readonly<Record<string, unknown>>) => new InvariantError(`${message} in eventStudy`, { code: 'BAD_EVENT_STUDY', fields });
  if (!(Number.isSafeInteger(before) && Number.isSafeInteger(after) && before >= 0 && after >= 0)) throw found(`expected whole numbers of sessions before and after the event, found ${before} and ${after}`, { before, after });
  if (benchmark !== undefined && benchmark.length !== returns.sessions.length) throw found(`expected a benchmark return for each of ${returns.sessions.length} sessions, found ${benchmark.length}`, { sessions: returns.sessions.length, found: benchmark.length });
}
