import { compareRuns } from '../../lab/experiments/compare-runs.js';
import { ConfigError } from '../../core/errors.js';
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
  const compared = await compareRuns(paths.runs, first, second, config.seed);
  if (flags.json) return context.output.json(compared);
  for (const line of compared.words) context.output.line(line);
}

/** A run by its id, or of an experiment by its name the one with the highest Sharpe ratio. */
async function runOrBest(tracker: Tracker, text: string): Promise<RunRecord> {
  const runs = (await tracker.runs()).filter(({ experiment, status }) => experiment === text && status === 'finished');
  const traded = runs.filter(({ metrics }) => typeof metrics['sharpe'] === 'number');
  if (runs.length > 0 && traded.length === 0) throw new ConfigError(`expected an experiment with backtests, found none among the ${runs.length} runs of "${text}"`, { code: 'NO_BACKTEST', fields: { experiment: text } });
  return traded.length > 0 ? traded.reduce((best, run) => (run.metrics['sharpe']! > best.metrics['sharpe']! ? run : best)) : findRun(tracker, text);
}
