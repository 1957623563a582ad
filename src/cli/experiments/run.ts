import { join, resolve } from 'node:path';

import { writeFileAtomic } from '../../core/atomic-file.js';
import { runExperiment, type ExperimentEvent, type ExperimentResult } from '../../lab/experiments/run-experiment.js';
import { openConfigured } from '../../lab/open.js';
import type { CliContext } from '../context.js';
import { alignColumns } from '../output.js';
import { Bar, SILENT } from './bar.js';
import { printBacktest } from './print-backtest.js';

export interface ExperimentFlags {
  readonly threads?: number;
  readonly out?: string;
  readonly json?: boolean;
}

/** `swing experiment run`. */
export async function runExperimentFile(file: string, flags: ExperimentFlags, context: CliContext): Promise<void> {
  const config = await context.loadConfig({ experiment: file });
  const lab = await openConfigured(config, { clock: context.clock, signal: context.signal, env: context.env });
  const { config: configFile, set: overrides } = context.globals();
  const source = { cwd: context.cwd, file: configFile, experiment: file, overrides };
  const bar = new Bar(context.globals().quiet ? SILENT : process.stderr);
  const stream = runExperiment(lab, config, { source, signal: context.signal, ...(flags.threads === undefined ? {} : { threads: flags.threads }) });
  let step = await stream.next();
  for (; !step.done; step = await stream.next()) say(step.value, bar);
  bar.end();
  await lab.recorded();
  const found = step.value;
  const report = found.best.report();
  const page = flags.out === undefined ? join(config.paths.runs, 'experiments', `${found.name}.html`) : resolve(context.cwd, flags.out);
  await writeFileAtomic(page, report.page());
  if (flags.json) return context.output.json({ name: found.name, trials: found.trials, best: { id: found.best.id, values: found.bestValues, figures: found.best.figures, luck: found.best.luck }, page });
  print(found, context);
  printBacktest(report, context.output);
  context.output.line(`page of the best: ${page}`);
}

function say(event: ExperimentEvent, bar: Bar): void {
  switch (event.kind) {
    case 'plan':
      return bar.line(`${event.points} combinations, ${event.threads} at once`);
    case 'model':
      if (event.event.kind !== 'fold') return;
      return bar.show(`models: fold ${event.event.fold} of ${event.event.folds}`, event.done, event.count);
    case 'trial':
      bar.show(`${event.done} of ${event.count} combinations`, event.done, event.count);
  }
}

function print({ name, describe, trials, bestValues }: ExperimentResult, { output }: CliContext): void {
  output.line(`${name}${describe === '' ? '' : `: ${describe}`}`);
  output.line();
  const varied = Object.keys(trials[0].values).filter((path) => new Set(trials.map(({ values }) => JSON.stringify(values[path]))).size > 1);
  const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
  const figure = (value: number | null | undefined): string => (value === null || value === undefined ? '–' : value.toFixed(3));
  const rows = trials.map(({ id, values, figures: { performance, turnover, trades } }) => [id.slice(0, 8), ...varied.map((path) => text(values[path])), figure(performance.sharpeRatio), figure(performance.annualReturn), figure(performance.annualVolatility), figure(performance.maxDrawdown), figure(turnover.annual), String(trades?.trades ?? '–')]);
  for (const line of alignColumns([['run', ...varied, 'Sharpe', 'return a year', 'volatility', 'drawdown', 'turnover a year', 'trades'], ...rows])) output.line(line);
  output.line();
  if (trials.length > 1) output.line(`Of ${trials.length} combinations the one with the highest Sharpe ratio (${varied.map((path) => `${path} ${text(bestValues[path])}`).join(', ')}), which is why all that follows counts the others:`);
  output.line();
}
