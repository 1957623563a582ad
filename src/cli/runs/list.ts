import { countTrials } from '../../tracking/count-trials.js';
import type { RunRecord } from '../../tracking/tracker.js';
import type { CliContext } from '../context.js';
import { alignColumns } from '../output.js';
import { figure, moment, openTracker, type RunsFlags } from './run-records.js';

/** Figures that have room beside the rest. */
const FIGURES = 5;

/** `swing runs list`. */
export async function list(experiment: string | undefined, flags: RunsFlags, context: CliContext): Promise<void> {
  const { tracker } = await openTracker(context);
  const runs = await tracker.runs(experiment);
  const { output } = context;
  if (flags.json) return output.json(runs);
  if (runs.length === 0) return output.line(experiment === undefined ? 'no runs yet' : `no runs of "${experiment}"; all runs: swing runs list`);
  const shown = commonFigures(runs);
  const rows = runs.map(({ id, experiment: of, name, seed, status, evaluations, startedAt, metrics }) => [id, of, name, String(seed), status, String(evaluations), moment(startedAt), ...shown.map((key) => figure(metrics[key]))]);
  for (const line of alignColumns([['id', 'experiment', 'name', 'seed', 'status', 'evaluated', 'started (UTC)', ...shown], ...rows])) output.line(line);
  output.line();
  for (const of of [...new Set(runs.map((run) => run.experiment))].sort()) {
    output.line(`${of}: ${await countTrials(tracker, of)} finished trials, each another configuration`);
  }
}

/** Those that most runs have, in the order in which they were logged. */
function commonFigures(runs: readonly RunRecord[]): string[] {
  const counts = new Map<string, number>();
  for (const { metrics } of runs) for (const key of Object.keys(metrics)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, FIGURES).map(([key]) => key);
}
