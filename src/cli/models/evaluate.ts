import { join, resolve } from 'node:path';

import { writeFileAtomic } from '../../core/atomic-file.js';
import { ConfigError, DataError } from '../../core/errors.js';
import { VERSION } from '../../core/version.js';
import { walkForward } from '../../dataset/split/walk-forward.js';
import { modelNamed, storedModels } from '../../lab/models/model-folder.js';
import { scoreStoredModel } from '../../lab/models/score-stored-model.js';
import { trainingFor, trainingTables } from '../../lab/models/training-tables.js';
import type { Evaluation } from '../../lab/research/evaluation.js';
import { createForecaster, type ForecasterParams } from '../../models/registry.js';
import { parseAsOf } from '../commands/daily.js';
import type { CliContext } from '../context.js';
import { openLab } from '../open-lab.js';
import { alignColumns } from '../output.js';
import { FoldProgress } from './fold-progress.js';

export interface EvaluateFlags {
  readonly startDate?: string;
  readonly endDate?: string;
  readonly param: ForecasterParams;
  readonly seed?: number;
  readonly experiment: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** `swing evaluate`. */
export async function evaluate(name: string, flags: EvaluateFlags, context: CliContext): Promise<void> {
  if (flags.startDate !== undefined) parseAsOf(flags.startDate, '--start-date');
  if (flags.endDate !== undefined) parseAsOf(flags.endDate, '--end-date');
  const { config, paths } = await context.loadConfig();
  const stored = modelNamed(await storedModels(paths.models), name);
  if (stored && (Object.keys(flags.param).length > 0 || flags.seed !== undefined)) throw new ConfigError(`expected --param and --seed only for a forecaster that is walked forward, found them for the trained model "${name}"`, { code: 'IDLE_OPTION', fields: { name } });
  const forecaster = stored === undefined ? createForecaster(name, flags.param) : null;
  const { lab } = await openLab(context);
  const span = { ...(flags.startDate === undefined || stored ? {} : { start: flags.startDate }), ...(flags.endDate === undefined ? {} : { end: flags.endDate }) };
  const { output } = context;
  let evaluation: Evaluation;
  if (stored) {
    const { scores, labels } = await scoreStoredModel(lab, stored, { ...flags, environment: context.env, signal: context.signal });
    evaluation = lab.evaluate(scores, labels, { experiment: flags.experiment });
  } else {
    const { training, forecast } = config;
    const { features, labels } = await trainingTables(lab, trainingFor(forecaster!, training), span);
    const { train, test, validation, normalize } = training;
    const progress = new FoldProgress(context);
    const scores = await lab.crossFit(forecaster!, features, labels, walkForward({ train, test }), { validation, normalize, coverage: forecast.interval, signal: context.signal, onEvent: (event) => progress.show(event), ...(flags.seed === undefined ? {} : { seed: flags.seed }) }).finally(() => progress.end());
    evaluation = lab.evaluate(scores, labels, { experiment: flags.experiment });
  }
  await lab.recorded();
  if (evaluation.figures.sessions.length === 0) throw new DataError(`expected sessions whose outcomes are known, found none to judge "${name}" on: ${evaluation.words()[0]}`, { code: 'NOTHING_TO_JUDGE', fields: { name } });
  const file = flags.out === undefined ? join(paths.runs, 'evaluations', `${name}.html`) : resolve(context.cwd, flags.out);
  await writeFileAtomic(file, evaluation.page(`swinglab ${VERSION}`));
  if (flags.json) return output.json({ ...evaluation.subject, figures: evaluation.figures });
  for (const line of evaluation.words()) output.line(line);
  output.line();
  for (const { caption, columns, rows } of evaluation.tables()) {
    output.line(caption);
    for (const line of alignColumns([[...columns], ...rows.map((row) => row.map(cell))])) output.line(line);
    output.line();
  }
  output.line(`page: ${file}`);
}

const cell = (value: string | number | null): string => (value === null ? '–' : typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(4) : String(value));
