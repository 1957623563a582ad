import { fromEpochDay } from '../core/dates.js';
import { InvariantError } from '../core/errors.js';
import type { ScoreEvaluationInput } from './score-evaluation-input.js';

/** @throws InvariantError `BAD_EVALUATION` when sizes, horizons or settings do not fit, or a value is infinite */
export function checkScoreInput(input: ScoreEvaluationInput): void {
  const { scores, label, returns, horizon, decay = [], quantiles = 5, minNames = 20, nominal } = input;
  requireWhole('horizon', horizon, 1);
  requireWhole('quantiles', quantiles, 2, 100);
  requireWhole('minNames', minNames, 2);
  if (nominal !== undefined && !(nominal > 0 && nominal < 1)) throw bad(`expected a nominal coverage between 0 and 1, found ${nominal}`, { nominal });
  checkTable('score', scores.column('score'), input);
  checkTable('label', label, input);
  checkTable('return', returns, input);
  const horizons = new Set<number>();
  for (const one of decay) {
    requireWhole('decay horizon', one.horizon, 1);
    if (horizons.has(one.horizon)) throw bad(`expected each horizon of decay once, found ${one.horizon} again`, { horizon: one.horizon });
    horizons.add(one.horizon);
    checkTable(`label of horizon ${one.horizon}`, one.label, input);
  }
}

function checkTable(name: string, values: ArrayLike<number>, { scores }: ScoreEvaluationInput): void {
  const { symbols, sessions } = scores;
  const size = symbols.length * sessions.length;
  if (values.length !== size) throw bad(`expected ${size} values [${symbols.length} symbols, ${sessions.length} sessions] of "${name}", found ${values.length}`, { name, size, found: values.length });
  for (let i = 0; i < size; i++) {
    if (values[i] !== Infinity && values[i] !== -Infinity) continue;
    const [symbol, session] = [symbols[Math.floor(i / sessions.length)], fromEpochDay(sessions[i % sessions.length])];
    throw bad(`expected a finite number or NaN, found ${values[i]} as "${name}" of "${symbol}" on ${session}`, { name, symbol, session });
  }
}

function requireWhole(name: string, value: number, low: number, high = Number.MAX_SAFE_INTEGER): void {
  if (Number.isSafeInteger(value) && value >= low && value <= high) return;
  const range = high === Number.MAX_SAFE_INTEGER ? `of at least ${low}` : `from ${low} to ${high}`;
  throw bad(`expected a whole number ${range} as ${name}, found ${value}`, { name, value });
}

function bad(message: string, fields: Readonly<Record<string, unknown>>): InvariantError {
  return new InvariantError(`${message} in evaluateScores`, { code: 'BAD_EVALUATION', fields });
}
