import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { codeFingerprint } from '../../core/code-fingerprint.js';
import { ConfigError, describeError, InvariantError } from '../../core/errors.js';
import { tap, type EventStream } from '../../core/events.js';
import { marketDataHash } from '../../data/market.js';
import { BUILT_IN_DATA } from '../../lab/built-in-data.js';
import { writeModel } from '../../lab/models/model-folder.js';
import { recordTraining } from '../../lab/models/record-training.js';
import { trainCheckpoint, type CheckpointRequest } from '../../lab/models/train-checkpoint.js';
import { readyCheckpoints } from '../../lab/models/training-checkpoints.js';
import { TrainingRun } from '../../lab/models/training-run.js';
import { trainingFor } from '../../lab/models/training-tables.js';
import { withNote } from '../../lab/models/tune-card.js';
import type { ForecasterTuning } from '../../lab/models/tune-forecaster.js';
import { keepSearchNote, readSearchNote } from '../../lab/models/tune-note.js';
import type { Lab } from '../../lab/open.js';
import { describeCard } from '../../models/describe-card.js';
import type { FitContext, FitEvent, Forecaster } from '../../models/forecaster.js';
import { createForecaster, FORECASTERS, type ForecasterFactory } from '../../models/registry.js';
import type { TrainedModel } from '../../models/trained-model.js';
import { networkWords } from '../../report/training/training-words.js';
import { requireAlias } from '../../tracking/mlflow/model-to-log.js';
import { parseAsOf } from '../commands/daily.js';
import type { CliContext } from '../context.js';
import { openLab } from '../open-lab.js';
import { resumeCommand } from '../training/resume-command.js';
import { marked, markOf } from '../training/synthetic-mark.js';
import { isTry, limitsOf, requireNetworkFlags, type TrainFlags } from '../training/training-flags.js';
import { TrainingProgress } from '../training/training-progress.js';
import { requireTuneFlags, type TuneFlags } from '../training/tune-flags.js';
import { search } from '../training/tune-search.js';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** A training as it was asked for, with the place it happens in. */
interface Request {
  readonly kind: string;
  readonly forecaster: Forecaster;
  readonly flags: TrainFlags;
  readonly lab: Lab;
  readonly name: string;
  /** Session in which one stands. */
  readonly end: string;
  readonly seed: number;
  /** Checkpoints of a network. */
  readonly checkpoints: string;
  /** Before what is shown of a made-up market. */
  readonly mark: string;
}

/** `swing train <forecaster>`. */
export async function train(kind: string, flags: TrainFlags & TuneFlags, context: CliContext, registry: Readonly<Record<string, ForecasterFactory>> = FORECASTERS): Promise<void> {
  const forecaster = createForecaster(kind, flags.param, registry);
  requireFlags(flags, registry);
  requireNetworkFlags(flags, forecaster);
  requireTuneFlags(flags);
  const { lab, config } = await openLab(context, flags.useSynthetic ? BUILT_IN_DATA.synthetic : []);
  if (flags.alias !== undefined && lab.mirror === null) throw new ConfigError(`expected --alias with an MLflow server, found none in tracking.mlflow.url and MLFLOW_TRACKING_URI`, { code: 'IDLE_OPTION', fields: { alias: flags.alias } });
  const end = flags.endDate ?? (await lab.store.entry('bars'))!.lastDate!;
  const name = flags.name ?? `${kind}-${end}`;
  const mark = markOf(config.config);
  const asked: Request = { kind, forecaster, flags, lab, name, end, seed: flags.seed ?? config.config.seed, checkpoints: join(config.paths.runs, 'training', name), mark };
  const found = await search(lab, { kind, registry, fixed: flags.param, flags, mark, isRecorded: !isTry(flags), ...planOf(asked, context, { isTrial: true }), end }, context);
  const note = found?.note ?? (flags.resume === true ? await readSearchNote(asked.checkpoints) : null);
  const request: Request = note === null ? asked : { ...asked, forecaster: { ...(found?.forecaster ?? forecaster), choosesOnValidation: true }, flags: { ...flags, param: found?.params ?? flags.param } };
  const run = await begin(request, context);
  if (note !== null && run !== null) await keepSearchNote(request.checkpoints, note);
  let model: TrainedModel;
  try {
    model = await learn(request, run, context);
    if (note !== null) model = await withNote(model, note, registry, planOf(request, context).context);
  } catch (error) {
    await run?.fail(describeError(error));
    await lab.recorded();
    throw error;
  }
  try {
    await keep(request, model, { run, found }, context);
  } finally {
    model.dispose();
  }
}

function requireFlags(flags: TrainFlags, registry: Readonly<Record<string, ForecasterFactory>>): void {
  if (flags.startDate !== undefined) parseAsOf(flags.startDate, '--start-date');
  if (flags.endDate !== undefined) parseAsOf(flags.endDate, '--end-date');
  const taken = ['auto', ...Object.keys(registry)];
  if (flags.name !== undefined && taken.includes(flags.name)) throw new ConfigError(`expected a name that is no forecaster (${taken.join(', ')}), found "${flags.name}" in --name`, { code: 'BAD_NAME', fields: { name: flags.name } });
  if (flags.name !== undefined && !NAME.test(flags.name)) throw new ConfigError(`expected a name of letters, digits, ".", "_" and "-", found "${flags.name}" in --name`, { code: 'BAD_NAME', fields: { name: flags.name } });
  if (flags.startDate !== undefined && flags.endDate !== undefined && flags.startDate >= flags.endDate) throw new ConfigError(`expected a start before the end ${flags.endDate}, found ${flags.startDate} in --start-date`, { code: 'BAD_SPAN', fields: { startDate: flags.startDate, endDate: flags.endDate } });
  if (flags.alias !== undefined) requireAlias(flags.alias);
}

/** Readies the checkpoints of a network and the run that is told of it; `null` for what learns in one go, or is only tried. */
async function begin({ forecaster, flags, lab, name, end, seed, checkpoints }: Request, { output }: CliContext): Promise<TrainingRun | null> {
  if (forecaster.isNetwork !== true || isTry(flags)) return null;
  const settings = trainingFor(forecaster, lab.config.config.training);
  const identity = { forecaster: forecaster.name, parameters: forecaster.params, settings, data: marketDataHash(await lab.store.manifest()), start: flags.startDate, end, seed, epochs: flags.maxEpochs, code: await codeFingerprint() };
  const before = await readyCheckpoints(checkpoints, identity, { resume: flags.resume ?? false });
  if (before !== null) output.note(`the checkpoints of an earlier training of this name lie in ${before} now; --resume would have gone on from them`);
  return new TrainingRun(lab, forecaster, { name, settings, end, seed, limits: limitsOf(flags, checkpoints), ...(flags.startDate === undefined ? {} : { start: flags.startDate }) });
}

async function learn(request: Request, run: TrainingRun | null, context: CliContext): Promise<TrainedModel> {
  const { kind, flags, mark } = request;
  const { output, signal } = context;
  const said = { write: (text: string) => output.note(text.trimEnd()) };
  const progress = new TrainingProgress(context.globals().quiet || process.stderr.isTTY !== true ? said : process.stderr, { mark });
  const stream = fitOf(request, context);
  try {
    for await (const event of heard(run === null ? stream : tap(stream, (one) => run.heed(one)))) {
      if (event.kind === 'done') return event.model;
      progress.show(event.event);
    }
    throw new InvariantError('expected a training to end with a model, found none');
  } catch (error) {
    const { kept } = progress.course;
    progress.end();
    if (signal.aborted && run !== null) output.hint(kept === null ? 'no checkpoint was written yet: train again from the start' : `kept up to ${networkWords(kept.network)}step ${kept.step}; resume with: ${resumeCommand(kind, flags, context.globals())}`);
    throw error;
  } finally {
    progress.end();
  }
}

/** The events of a stream, and its result as the last of them. */
async function* heard(stream: EventStream<FitEvent, TrainedModel>): AsyncGenerator<{ readonly kind: 'event'; readonly event: FitEvent } | { readonly kind: 'done'; readonly model: TrainedModel }, void, void> {
  for (let step = await stream.next(); ; step = await stream.next()) {
    if (step.done) return yield { kind: 'done', model: step.value };
    yield { kind: 'event', event: step.value };
  }
}

function fitOf(request: Request, context: CliContext): EventStream<FitEvent, TrainedModel> {
  return trainCheckpoint(request.lab, request.forecaster, planOf(request, context));
}

/** What is learnt from, and where; trials of a search leave no checkpoints. */
function planOf({ forecaster, flags, lab, seed, checkpoints }: Request, { env, signal }: CliContext, { isTrial = false } = {}): CheckpointRequest {
  const { training, forecast } = lab.config.config;
  const { checkpoints: kept, ...limits } = limitsOf(flags, checkpoints);
  const context: FitContext = { seed, threads: flags.threads ?? availableParallelism(), environment: env, signal, ...(forecaster.isNetwork === true ? { training: { ...limits, ...(kept === undefined || isTrial ? {} : { checkpoints: kept }) } } : {}) };
  return {
    settings: training,
    coverage: forecast.interval,
    ...(flags.startDate === undefined ? {} : { start: flags.startDate }),
    ...(flags.endDate === undefined ? {} : { end: flags.endDate }),
    context,
  };
}

/** Keeps the model and its figures, and says what came of it. */
async function keep(request: Request, model: TrainedModel, { run, found }: { readonly run: TrainingRun | null; readonly found: ForecasterTuning | null }, context: CliContext): Promise<void> {
  const { kind, flags, lab, name, mark } = request;
  const { output, clock } = context;
  const isKept = !isTry(flags);
  const folder = isKept ? join(lab.config.paths.models, name) : null;
  if (folder !== null) {
    await writeModel(folder, model);
    const record = { madeAt: new Date(clock.now()).toISOString(), ...(flags.alias === undefined ? {} : { alias: flags.alias }) };
    await (run === null ? recordTraining(lab, model, { name, ...record }) : run.finish(model, record));
    await lab.recorded();
  }
  if (flags.json) return output.json({ name, folder, ...(mark === '' ? {} : { synthetic: true }), ...(found === null ? {} : { trials: found.trials }), card: model.card });
  for (const line of describeCard(model.card)) output.line(marked(line, mark));
  output.line();
  output.line(folder === null ? `${mark}model: not kept, as it was only tried` : `${mark}model: ${folder}`);
  if (folder === null) return;
  output.note(model.card.learns ? `the daily run${mark === '' ? '' : ' of this made-up market'} takes it from ${model.card.usableFrom} on; once sessions after that have outcomes, swing evaluate ${name} says what it is worth` : `what learns nothing the daily run measures each evening anew: set forecast.model to ${kind}`);
  if (run !== null && (flags.maxTime !== undefined || flags.maxSteps !== undefined)) output.note(`to learn on from where the limit ended it: ${resumeCommand(kind, flags, context.globals())}`);
}
