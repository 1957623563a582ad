import { forwardLabels } from '../../dataset/labels/forward-labels.js';
import type { ScoreEvaluation } from '../../evaluation/score-evaluation.js';
import { Panel } from '../../table/panel.js';
import { evaluatePanel } from '../research/evaluate-panel.js';
import type { Scores } from '../research/scores.js';
import type { Surroundings } from './surroundings.js';

/**
 * What the scores that were traded on were worth over the sessions of a run, against returns from the next open on; no trial, as nothing is
 * chosen by it. `null` where no session has enough names.
 * @param sessions of the run, epoch days
 */
export function evaluateTraded({ panel, horizon, seed }: Scores, around: Surroundings, sessions: Int32Array): ScoreEvaluation | null {
  const { bars, member, sectors } = around.labelMarket;
  const labels = forwardLabels({ bars, member, sectors }, { horizon });
  const own = new Float64Array(bars.symbols.length * bars.sessions.length).fill(Number.NaN);
  const score = panel.column('score');
  const traded = new Set(sessions);
  bars.sessions.forEach((day, t) => {
    if (!traded.has(day)) return;
    const from = panel.sessions.indexOf(day);
    bars.symbols.forEach((symbol, row) => {
      if (from >= 0 && panel.hasSymbol(symbol)) own[row * bars.sessions.length + t] = score[panel.row(symbol) * panel.sessions.length + from];
    });
  });
  const found = evaluatePanel({ panel: new Panel({ symbols: bars.symbols, sessions: bars.sessions, columns: { score: own } }), labels, sectors, seed });
  return found.sessions.length === 0 ? null : found;
}
