import { XNYS } from '../core/calendar.js';
import type { IsoDate } from '../core/dates.js';
import type { Rng } from '../core/rng.js';
import { OverlappingOutcomes } from '../evaluation/overlapping-outcomes.js';
import { mean } from '../math/stats.js';
import type { Panel } from '../table/panel.js';
import { hitRate } from './hit-rate.js';
import type { TrackRecord } from './recommendation.js';

/** An entry that was recommended, with what was expected of it. */
export interface RecommendedEntry {
  /** The evening. */
  readonly session: IsoDate;
  readonly symbol: string;
  /** Sessions that the forecast is over, open to open from the session after. */
  readonly horizon: number;
  readonly expectedReturn: number | null;
  readonly interval: readonly [number, number] | null;
  /** Share of outcomes that it was meant to hold; absent where that was not kept. */
  readonly coverage?: number | null;
}

export interface MaturedRequest {
  readonly asOf: IsoDate;
  /** Total-return opens, as known at the close of `asOf`. */
  readonly bars: Panel;
  /** Share of outcomes that an interval is meant to hold, where the entry does not say. */
  readonly coverage: number | null;
  readonly rng: Rng;
}

interface Judged extends RecommendedEntry {
  readonly outcome: number;
}

/**
 * How forecasts of entries did whose horizon was over at the open of `asOf`: open(t+1+h) / open(t+1) − 1.
 *
 * One whose first or last open is missing, or lies before the bars begin, has no outcome and is not counted.
 */
export function maturedForecasts(entries: readonly RecommendedEntry[], { asOf, bars, coverage, rng }: MaturedRequest): TrackRecord['forecasts'] {
  const judged = entries.flatMap((entry): Judged[] => {
    const outcome = outcomeOf(entry, asOf, bars);
    return Number.isFinite(outcome) ? [{ ...entry, outcome }] : [];
  });
  const foretold = judged.flatMap((one) => (one.expectedReturn === null ? [] : [{ ...one, expected: one.expectedReturn }]));
  const signed = foretold.filter(({ expected }) => expected !== 0);
  const within = judged.flatMap((one) => (one.interval === null ? [] : [{ ...one, interval: one.interval }]));
  const promised = within.flatMap(({ coverage: of }) => of ?? coverage ?? []);
  return {
    matured: judged.length,
    evenings: new Set(judged.map(({ session }) => session)).size,
    rightSign: hitRate(signed.map(({ expected, outcome }) => expected * outcome > 0), overlapping(signed, rng)),
    inInterval: hitRate(within.map(({ interval, outcome }) => outcome >= interval[0] && outcome <= interval[1]), overlapping(within, rng)),
    coverage: promised.length === 0 ? coverage : new Set(promised).size === 1 ? promised[0] : mean(promised),
    meanExpected: foretold.length === 0 ? null : mean(foretold.map(({ expected }) => expected)),
    meanOutcome: foretold.length === 0 ? null : mean(foretold.map(({ outcome }) => outcome)),
  };
}

function overlapping(entries: readonly RecommendedEntry[], rng: Rng): OverlappingOutcomes {
  const span = entries.reduce((longest, { horizon }) => Math.max(longest, horizon), 1);
  return new OverlappingOutcomes(entries.map(({ session }) => XNYS.count(entries[0].session, session)), { span, rng });
}

/** Simple return; NaN where it is not over by `asOf` or not known. */
function outcomeOf({ session, symbol, horizon }: RecommendedEntry, asOf: IsoDate, bars: Panel): number {
  if (session >= asOf || XNYS.count(session, asOf) < 1 + horizon || !bars.hasSymbol(symbol)) return Number.NaN;
  const start = XNYS.next(session);
  return bars.value('open', symbol, XNYS.shift(start, horizon)) / bars.value('open', symbol, start) - 1;
}
