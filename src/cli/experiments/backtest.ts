import { join, resolve } from 'node:path';

import { writeFileAtomic } from '../../core/atomic-file.js';
import { ConfigError } from '../../core/errors.js';
import { result, tap } from '../../core/events.js';
import { PointScores } from '../../lab/experiments/point-scores.js';
import type { Lab } from '../../lab/open.js';
import type { Scores } from '../../lab/research/scores.js';
import { STRATEGIES } from '../../strategy/registry.js';
import { parseAsOf } from '../commands/daily.js';
import type { CliContext } from '../context.js';
import { openLab } from '../open-lab.js';
import { Bar, SILENT } from './bar.js';
import { printBacktest } from './print-backtest.js';

export interface BacktestFlags {
  readonly model?: string;
  readonly since?: string;
  readonly until?: string;
  readonly startDate?: string;
  readonly costs?: string;
  readonly rules?: string;
  readonly benchmark?: string;
  readonly seed?: number;
  readonly experiment: string;
  readonly fresh?: boolean;
  readonly out?: string;
  readonly json?: boolean;
}

/** `swing backtest`. */
export async function backtest(strategy: string | undefined, flags: BacktestFlags, context: CliContext): Promise<void> {
  for (const [name, date] of [['--since', flags.since], ['--until', flags.until], ['--start-date', flags.startDate]] as const) if (date !== undefined) parseAsOf(date, name);
  const [costs, rules] = [choice('--costs', flags.costs), choice('--rules', flags.rules)];
  const { lab, config } = await openLab(context);
  const name = strategyName(strategy ?? config.config.strategy.name);
  const bar = new Bar(context.globals().quiet ? SILENT : process.stderr);
  const scores = name === 'momentum' ? null : await scoresOf(lab, flags, context, bar);
  let sessions = 0;
  const found = await lab.backtest({ name, settings: {}, scores }, {
    experiment: flags.experiment,
    signal: context.signal,
    ...(flags.since === undefined ? {} : { start: flags.since }),
    ...(flags.until === undefined ? {} : { end: flags.until }),
    ...(costs === undefined ? {} : { costs }),
    ...(rules === undefined ? {} : { rules }),
    ...(flags.fresh === undefined ? {} : { fresh: flags.fresh }),
    ...(flags.benchmark === undefined ? {} : { benchmark: flags.benchmark === 'none' ? null : flags.benchmark }),
    onSession: ({ decision }) => bar.show(`${decision.session}: ${++sessions} sessions`),
  });
  bar.end();
  await lab.recorded();
  const report = found.report();
  const file = flags.out === undefined ? join(config.paths.runs, 'backtests', `${name}.html`) : resolve(context.cwd, flags.out);
  await writeFileAtomic(file, report.page());
  if (flags.json) return context.output.json({ id: found.id, strategy: found.params, seed: found.seed, experiment: found.experiment, figures: found.figures, luck: found.luck, page: file });
  printBacktest(report, context.output);
  context.output.line(`run: ${found.id}`);
  context.output.line(`page: ${file}`);
}

function strategyName(name: string): keyof typeof STRATEGIES {
  if (Object.hasOwn(STRATEGIES, name)) return name as keyof typeof STRATEGIES;
  throw new ConfigError(`expected one of the strategies ${Object.keys(STRATEGIES).join(', ')}, found "${name}"`, { code: 'UNKNOWN_STRATEGY', fields: { name } });
}

function choice(flag: string, value: string | undefined): 'default' | 'none' | undefined {
  if (value === undefined || value === 'default' || value === 'none') return value;
  throw new ConfigError(`expected default or none for ${flag}, found "${value}"; single settings are set with --set portfolio.…`, { code: 'BAD_OPTION', fields: { flag, value } });
}

/** Scores by walking a model forward; `null`: the trained models of the project decide. */
async function scoresOf(lab: Lab, { model, startDate, seed }: BacktestFlags, { signal }: CliContext, bar: Bar): Promise<Scores | null> {
  if (model === 'trained') return null;
  const experiment = { ...(model === undefined ? {} : { model }), ...(startDate === undefined ? {} : { start: startDate }) };
  const settings = { experiment, ...(seed === undefined ? {} : { seed }) };
  const fit = new PointScores(lab, lab.config).of({ values: {}, settings }, signal);
  return result(tap(fit, (event) => {
    if (event.kind === 'fold') bar.line(`fold ${event.fold} of ${event.folds}: ${event.testFrom} to ${event.testThrough}`);
  }));
}
