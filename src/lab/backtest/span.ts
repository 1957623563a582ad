import { isoDate, type IsoDate } from '../../core/dates.js';
import { XNYS } from '../../core/calendar.js';
import { ConfigError } from '../../core/errors.js';
import type { Strategy } from '../../strategy/strategy.js';
import { spanOfScores } from '../forecasts/score-table.js';
import type { StrategyPlan } from './plan.js';

export interface SpanRequest {
  readonly start?: string | undefined;
  readonly end?: string | undefined;
}

export interface Span {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/**
 * The sessions that a backtest decides on: those asked for, within those of the scores, or of the store once a strategy has the history it looks
 * back on.
 *
 * @throws ConfigError `BAD_SPAN` when nothing is left, `NO_START` when a model decides and it is not said from when
 */
export function spanOf(plan: StrategyPlan, strategy: Strategy, { start, end }: SpanRequest, stored: Span): Span {
  const wanted = { from: start === undefined ? null : isoDate(start, 'start of lab.backtest'), to: end === undefined ? null : isoDate(end, 'end of lab.backtest') };
  const whole = plan.scores === null ? storeSpan(plan, strategy, wanted.from, stored) : spanOfScores(plan.scores);
  if (whole === null) throw new ConfigError('expected scores of at least one session to trade on, found none in the table given to lab.backtest', { code: 'BAD_SPAN' });
  const [from, to] = [later(wanted.from ?? whole.from, whole.from), earlier(wanted.to ?? whole.to, earlier(whole.to, stored.to))];
  const sessions = from > to ? [] : XNYS.sessions(from, to);
  if (sessions.length < 2) throw new ConfigError(`expected at least two sessions from ${wanted.from ?? whole.from} to ${wanted.to ?? whole.to} ${plan.scores === null ? 'with history to decide on' : 'with scores'}, which there are from ${whole.from} to ${whole.to}, found ${sessions.length} in lab.backtest`, { code: 'BAD_SPAN', fields: { from, to } });
  return { from: sessions[0], to: sessions[sessions.length - 1] };
}

function storeSpan(plan: StrategyPlan, { lookback }: Strategy, start: IsoDate | null, stored: Span): Span {
  if (start === null && !('own' in plan) && plan.name === 'priority') throw new ConfigError('expected { start }, from when a trained model of the project is to decide, found none in lab.backtest; or give priority the scores of lab.crossFit', { code: 'NO_START' });
  const first = XNYS.isSession(stored.from) ? stored.from : XNYS.next(stored.from);
  return { from: start ?? earlier(XNYS.shift(first, lookback), stored.to), to: stored.to };
}

const later = (a: IsoDate, b: IsoDate): IsoDate => (a > b ? a : b);
const earlier = (a: IsoDate, b: IsoDate): IsoDate => (a < b ? a : b);
