import { compareRuns } from '../../lab/experiments/compare-runs.js';
import { ConfigError } from '../../core/errors.js';
import { suggest } from '../../core/suggest.js';
import type { RunRecord, Tracker } from '../../tracking/tracker.js';
import type { CliContext } from '../context.js';
import { findRun, openTracker } from '../runs/run-records.js';

export interface CompareFlags {
  readonly json?: boolean;
}

/** `swing experiment compare`. */
export async function compareBacktests(a: string, b: string, flags: CompareFlags, context: CliContext): Promise<void> {
  const { tracker } = await openTracker(context);
  const { paths, config } = await context.loadConfig();
  const [first, second] = [await runOrBest(tracker, a), await runOrBest(tracker, b)];
  if (first.id === second.id) throw new ConfigError(`expected two backtests, found "${first.name}" (${first.id}) for both "${a}" and "${b}"`, { code: 'SAME_RUN', fields: { a, b } });
  const compared = await compareRuns(paths.runs, first, second, config.seed);
  if (flags.json) return context.output.json(compared);
  for (const line of compared.words) context.output.line(line);
}

/** A run by its id, or of an experiment by its name the one with the highest Sharpe ratio. */
async function runOrBest(tracker: Tracker, text: string): Promise<RunRecord> {
  const all = await tracker.runs();
  const runs = all.filter(({ experiment, status }) => experiment === text && status === 'finished');
  const traded = runs.filter(({ metrics }) => typeof metrics['sharpe'] === 'number');
  if (runs.length > 0 && traded.length === 0) throw new ConfigError(`expected an experiment with backtests, found none among the ${runs.length} runs of "${text}"`, { code: 'NO_BACKTEST', fields: { experiment: text } });
  if (traded.length > 0) return traded.reduce((best, run) => (run.metrics['sharpe']! > best.metrics['sharpe']! ? run : best));
  if (!MAY_BE_ID.test(text)) throw unknownName(text, [...new Set(all.map(({ experiment }) => experiment))].sort());
  return findRun(tracker, text);
}

const MAY_BE_ID = /^[\da-f]+$/i;

function unknownName(text: string, experiments: readonly string[]): ConfigError {
  const known = experiments.length === 0 ? 'there are no runs yet' : `experiments with runs are ${experiments.join(', ')}`;
  const meant = suggest(text, experiments);
  return new ConfigError(`expected the id of a run, how it begins, or the name of an experiment, found ${JSON.stringify(text)}; ${meant === null ? known : `did you mean "${meant}"?`}`, { code: 'UNKNOWN_RUN', fields: { text } });
}
