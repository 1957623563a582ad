import { rankedTrials, type Trial } from '../../training/tuner/trial.js';
import type { TrialParams } from '../../training/tuner/search-space.js';
import { alignColumns } from '../output.js';

/** Trials as a table, best first. */
export function trialTable(trials: readonly Trial[]): string[] {
  const names = Object.keys(trials[0]?.params ?? {});
  const rows = rankedTrials(trials, 'maximize').map(({ number, params, state, value, reports }) => [String(number), state, figureWords(value ?? reports.at(-1)?.value ?? null), String(reports.at(-1)?.step ?? '–'), ...names.map((name) => valueWords(params[name]))]);
  return alignColumns([['trial', 'end', 'rank IC', 'steps', ...names], ...rows]);
}

/** What is tried, in a line. */
export function paramWords(params: TrialParams): string {
  return Object.entries(params).map(([name, value]) => `${name} ${valueWords(value)}`).join(', ');
}

/** How a trial ended, in a line. */
export function endWords({ state, value, reason }: Trial): string {
  if (state === 'finished') return `rank IC ${figureWords(value)}`;
  return `${state}: ${reason ?? 'no reason is known'}`;
}

export const figureWords = (value: number | null): string => (value === null ? '–' : value.toFixed(4));

function valueWords(value: TrialParams[string]): string {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(3)));
  return typeof value === 'string' ? value : JSON.stringify(value);
}
