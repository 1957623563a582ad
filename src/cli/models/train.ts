import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { ConfigError } from '../../core/errors.js';
import { writeModel } from '../../lab/models/model-folder.js';
import { recordTraining } from '../../lab/models/record-training.js';
import { trainCheckpoint } from '../../lab/models/train-checkpoint.js';
import { describeCard } from '../../models/describe-card.js';
import type { FitEvent } from '../../models/forecaster.js';
import { createForecaster, FORECASTERS, type ForecasterParams } from '../../models/registry.js';
import { requireAlias } from '../../tracking/mlflow/model-to-log.js';
import { parseAsOf } from '../commands/daily.js';
import type { CliContext } from '../context.js';
import { openLab } from '../open-lab.js';

export interface TrainFlags {
  readonly startDate?: string;
  readonly endDate?: string;
  readonly name?: string;
  readonly alias?: string;
  readonly param: ForecasterParams;
  readonly seed?: number;
  readonly threads?: number;
  readonly json?: boolean;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** `swing train`. */
export async function train(kind: string, flags: TrainFlags, context: CliContext): Promise<void> {
  const { output } = context;
  const forecaster = createForecaster(kind, flags.param);
  if (flags.startDate !== undefined) parseAsOf(flags.startDate, '--start-date');
  if (flags.endDate !== undefined) parseAsOf(flags.endDate, '--end-date');
  const taken = ['auto', ...Object.keys(FORECASTERS)];
  if (flags.name !== undefined && taken.includes(flags.name)) throw new ConfigError(`expected a name that is no forecaster (${taken.join(', ')}), found "${flags.name}" in --name`, { code: 'BAD_NAME', fields: { name: flags.name } });
  if (flags.name !== undefined && !NAME.test(flags.name)) throw new ConfigError(`expected a name of letters, digits, ".", "_" and "-", found "${flags.name}" in --name`, { code: 'BAD_NAME', fields: { name: flags.name } });
  if (flags.startDate !== undefined && flags.endDate !== undefined && flags.startDate >= flags.endDate) throw new ConfigError(`expected a start before the end ${flags.endDate}, found ${flags.startDate} in --start-date`, { code: 'BAD_SPAN', fields: { startDate: flags.startDate, endDate: flags.endDate } });
  if (flags.alias !== undefined) requireAlias(flags.alias);
  const { lab, config } = await openLab(context);
  if (flags.alias !== undefined && lab.mirror === null) throw new ConfigError(`expected --alias with an MLflow server, found none in tracking.mlflow.url and MLFLOW_TRACKING_URI`, { code: 'IDLE_OPTION', fields: { alias: flags.alias } });
  const { training, forecast, seed } = config.config;
  const fit = trainCheckpoint(lab, forecaster, {
    settings: training,
    coverage: forecast.interval,
    ...(flags.startDate === undefined ? {} : { start: flags.startDate }),
    ...(flags.endDate === undefined ? {} : { end: flags.endDate }),
    context: { seed: flags.seed ?? seed, threads: flags.threads ?? availableParallelism(), environment: context.env, signal: context.signal },
  });
  let step = await fit.next();
  for (; !step.done; step = await fit.next()) say(step.value, context);
  const model = step.value;
  try {
    const name = flags.name ?? `${kind}-${flags.endDate ?? model.card.usableFrom}`;
    const folder = join(config.paths.models, name);
    await writeModel(folder, model);
    await recordTraining(lab, model, { name, madeAt: new Date(context.clock.now()).toISOString(), ...(flags.alias === undefined ? {} : { alias: flags.alias }) });
    await lab.recorded();
    if (flags.json) return output.json({ name, folder, card: model.card });
    for (const line of describeCard(model.card)) output.line(line);
    output.line();
    output.line(`model: ${folder}`);
    output.note(model.card.learns ? `the daily run takes it from ${model.card.usableFrom} on; once sessions after that have outcomes, swing evaluate ${name} says what it is worth` : `what learns nothing the daily run measures each evening anew: set forecast.model to ${kind}`);
  } finally {
    model.dispose();
  }
}

/** Rounds between two remarks. */
const SAY_EVERY = 25;

function say(event: FitEvent, { output }: CliContext): void {
  if (event.kind === 'stopped') output.note(`stopped after ${event.round} rounds, best ${event.best}: ${event.reason}`);
  else if (event.kind === 'round' && event.round % SAY_EVERY === 0) output.note(`round ${event.round} of ${event.rounds}${Object.entries(event.validation).map(([name, value]) => `, ${name} ${value.toFixed(4)}`).join('')}`);
}
