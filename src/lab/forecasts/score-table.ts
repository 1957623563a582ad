import { fromEpochDay, toEpochDay, type IsoDate } from '../../core/dates.js';
import { ConfigError } from '../../core/errors.js';
import type { Forecast } from '../../strategy/view.js';
import type { Scores } from '../research/scores.js';
import type { ForecastSource } from './forecast-source.js';

/**
 * Forecasts out of a table of scores, for each session those of its row.
 *
 * @throws ConfigError `LOOKS_AHEAD` for scores by models that had learnt from the sessions that they foretell, or from later ones, as those of
 * folds that are no walk forward
 */
export function scoreForecasts(scores: Scores): ForecastSource {
  requireCausal(scores);
  return {
    async *spans(from, to) {
      yield { from, to, features: [], need: null, forecasts: ({ session, symbols }) => Promise.resolve(forecastsOn(scores, session, symbols)), dispose: () => undefined };
    },
  };
}

/** What a table of scores says on one session; nothing of sessions and symbols that it does not have. */
export function forecastsOn({ panel, forecaster, horizon, coverage }: Scores, session: IsoDate, symbols: readonly string[]): Map<string, Forecast> {
  const found = new Map<string, Forecast>();
  const t = panel.has('score') ? panel.sessions.indexOf(toEpochDay(session)) : -1;
  if (t < 0) return found;
  const width = panel.sessions.length;
  const [score, expected, low, high] = ['score', 'expected', 'low', 'high'].map((name) => (panel.has(name) ? panel.column(name) : null));
  for (const symbol of symbols) {
    if (!panel.hasSymbol(symbol)) continue;
    const at = panel.row(symbol) * width + t;
    if (Number.isNaN(score![at])) continue;
    const known = expected !== null && low !== null && high !== null && Number.isFinite(expected[at]) && Number.isFinite(low[at]) && Number.isFinite(high[at]);
    found.set(symbol, { model: forecaster, score: score![at], expectedReturn: known ? expected[at] : null, edge: null, interval: known ? [low[at], high[at]] : null, coverage, horizon, drivers: [], rest: null });
  }
  return found;
}

/** First and last session on which anything is foretold; `null` where nothing is. */
export function spanOfScores({ panel }: Scores): { readonly from: IsoDate; readonly to: IsoDate } | null {
  const [score, width] = [panel.column('score'), panel.sessions.length];
  let [first, last] = [width, -1];
  for (let row = 0; row < panel.symbols.length; row++) {
    let t = 0;
    while (t < first && Number.isNaN(score[row * width + t])) t++;
    first = Math.min(first, t);
    let end = width - 1;
    while (end > last && Number.isNaN(score[row * width + end])) end--;
    last = Math.max(last, end);
  }
  return last < 0 ? null : { from: fromEpochDay(panel.sessions[first]), to: fromEpochDay(panel.sessions[last]) };
}

function requireCausal({ folds, forecaster, params }: Scores): void {
  const ahead = folds.find(({ trainThrough, testFrom }) => trainThrough >= testFrom);
  if (ahead === undefined) return;
  throw new ConfigError(`expected scores by models that had learnt from earlier sessions only, as of walkForward, found "${forecaster}" of the split "${String(params['splitter.name'])}", which foretells from ${ahead.testFrom} on by what it learnt up to ${ahead.trainThrough}: nobody could have traded on them`, { code: 'LOOKS_AHEAD', fields: { testFrom: ahead.testFrom, trainThrough: ahead.trainThrough } });
}
