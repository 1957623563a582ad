import { join } from 'node:path';

import { isNetwork } from '../../lab/models/evening-model.js';
import { readModelFiles, type StoredModel } from '../../lab/models/model-folder.js';
import { CHAMPION, promoteModel } from '../../lab/models/promoted-models.js';
import { modelToLog, trainingExperiment } from '../../lab/models/record-training.js';
import { requireAlias } from '../../tracking/mlflow/model-to-log.js';
import { openTracking } from '../../tracking/open-tracking.js';
import type { CliContext } from '../context.js';
import { modelsPlace, settingAgainst, type ModelsPlace, type PlaceFlags } from './evening-choice.js';
import { requireModel } from './named-model.js';

export interface PromoteFlags extends PlaceFlags {
  readonly alias: string;
}

/** `swing train promote`. */
export async function promote(name: string, { alias, ...flags }: PromoteFlags, context: CliContext): Promise<void> {
  requireAlias(alias);
  const { output, clock } = context;
  const place = await modelsPlace(flags, context);
  const model = requireModel(place.models, name);
  const { config, mark } = place;
  const promotedAt = new Date(clock.now()).toISOString();
  await promoteModel(config.paths.models, model, { alias, promotedAt });
  const server = await tellServer(place, model, { alias, promotedAt }, context);
  const { learns, forecaster, usableFrom } = model.card;
  output.line(`${mark}${name} is ${alias} of ${forecaster} now${server === null ? '' : `, also at ${server}`}`);
  const against = settingAgainst(model, config.config.forecast);
  if (alias !== CHAMPION) output.note(`the daily run takes the ${CHAMPION} only`);
  else if (!learns) output.warn(`${forecaster} learns nothing, so the daily run takes no stored model of it; set forecast.model to ${forecaster}`);
  else if (against !== null) output.warn(`${against}, so the daily run takes what that says; auto takes the ${CHAMPION}`);
  else output.note(`the daily run takes it before newer models${isNetwork(model) ? ', as the network' : ''}, from ${usableFrom} on, until it is ${config.config.forecast.maxAge} sessions old`);
}

/** Has the server that is set keep the model, where it does not yet, and give it the alias. */
async function tellServer({ config }: ModelsPlace, model: StoredModel, { alias, promotedAt }: { readonly alias: string; readonly promotedAt: string }, { clock, env, output }: CliContext): Promise<string | null> {
  const { tracker, mirror } = openTracking({ folder: join(config.paths.runs, 'tracking'), clock, settings: config.config.tracking, env, onProblem: (message) => output.warn(message) });
  if (mirror === null) return null;
  const lab = { config };
  const runs = (await tracker.runs(trainingExperiment(lab))).filter(({ tags, status }) => tags?.['model'] === model.name && status === 'finished');
  const run = runs.at(-1)?.id;
  await mirror.logModel(modelToLog(lab, model.card, { name: model.name, madeAt: promotedAt, alias, files: await readModelFiles(model), ...(run === undefined ? {} : { run }) }));
  await mirror.settle();
  return mirror.server;
}
