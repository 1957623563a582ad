import { Option, type Command } from 'commander';

import type { ForecasterFactory } from '../../models/registry.js';
import type { CliContext } from '../context.js';
import { collectParams } from '../models/forecaster-params.js';
import type { ListFlags } from '../models/list-models.js';
import type { PromoteFlags } from '../models/promote-model.js';
import type { ShowFlags } from '../models/show-model.js';
import { requireOwnOptions } from '../require-own-options.js';
import { duration } from '../training/duration.js';
import type { TrainFlags } from '../training/training-flags.js';
import { PRUNER_NAMES, SAMPLER_NAMES, type TuneFlags } from '../training/tune-flags.js';
import { seed, threads, wholeNumber } from '../whole-number.js';

const SYNTHETIC = ['--use-synthetic', 'of the made-up market, which has a store and models of its own'] as const;

/**
 * `swing train <forecaster> | list | show | promote`.
 * @param registry forecasters by name; those of the package when absent
 */
export function register(program: Command, context: CliContext, registry?: Readonly<Record<string, ForecasterFactory>>): void {
  const train = program
    .command('train')
    .description('train a model on the sessions between two dates and keep it in the models folder; the daily run takes it from the first session on that all it learnt from was known')
    .usage('[options] <forecaster>\n       swing train list | show <name> | promote <name>')
    .argument('<forecaster>', 'foundation, lightgbm, ridge, momentum, reversal or low-volatility')
    .option('--use-synthetic', 'learn from a made-up market (data.synthetic) instead of real data; everything is marked SYNTHETIC, and lies in folders of its own')
    .option('--start-date <date>', 'first session learnt from; the first with data when absent')
    .option('--end-date <date>', 'session in which one stands: nothing after it is read; the last with data when absent')
    .option('--name <name>', 'name of the model (default: <forecaster>-<end date>)')
    .option('--alias <name>', "alias of the model in the registry of the MLflow server that is set, e.g. champion")
    .option('--param <name=value>', 'parameter of the forecaster; may be repeated', collectParams, {})
    .option('--seed <n>', 'seed; that of the configuration when absent', seed)
    .option('--threads <n>', 'threads; one a core when absent', threads)
    .option('--json', 'print the card as one JSON document');
  train
    .optionsGroup('Search:')
    .option('--tune <n>', 'try so many settings first, each judged on the validation sessions and recorded as a run, and train the best', wholeNumber(1))
    .option('--space <file>', 'what is searched, YAML or JSON; that of the kind when absent (foundation, lightgbm)')
    .addOption(new Option('--pruner <name>', 'when trials are ended early (default: median)').choices(PRUNER_NAMES))
    .addOption(new Option('--sampler <name>', 'how settings are drawn: by chance, or near what did well (default: random)').choices(SAMPLER_NAMES))
    .optionsGroup('Of networks:')
    .option('--max-time <duration>', 'learn no longer than this, e.g. 90s, 15m, 1h', duration)
    .option('--max-epochs <n>', 'learn no more epochs than this', wholeNumber(1))
    .option('--max-steps <n>', 'learn no more steps than this', wholeNumber(1))
    .option('--resume', 'go on from the last checkpoint of the training of this name')
    .option('--fast-dev-run', 'one batch to learn from and one to validate on: whether it runs at all; nothing is kept')
    .option('--overfit-batches <n>', 'learn only so many batches, by heart: whether it can learn anything; nothing is kept', wholeNumber(1))
    .action(async (forecaster: string, flags: TrainFlags & TuneFlags) => (await import('../models/train.js')).train(forecaster, flags, context, registry));
  train.hook('preSubcommand', (_, subcommand) => requireOwnOptions(train, subcommand));

  train
    .command('list')
    .description('models that were trained here or released with the package, and which of them the daily run takes')
    .option('--as-of <date>', 'evening that is asked about; the last session with data when absent')
    .option(...SYNTHETIC)
    .option('--json', 'print one JSON document')
    .action(async (_: ListFlags, command: Command) => (await import('../models/list-models.js')).listModels(command.optsWithGlobals<ListFlags>(), context));

  train
    .command('show')
    .description('what a model is, what it learnt from and how it did')
    .argument('<name>', 'name of the model, see: swing train list')
    .option(...SYNTHETIC)
    .option('--json', 'print its card as one JSON document')
    .action(async (name: string, _: ShowFlags, command: Command) => (await import('../models/show-model.js')).showModel(name, command.optsWithGlobals<ShowFlags>(), context));

  train
    .command('promote')
    .description('put a model forward: the daily run takes the champion before newer models, from its first usable session on while it is not too old')
    .argument('<name>', 'name of the model, see: swing train list')
    .option('--alias <name>', 'what it is called, here and in the registry of the MLflow server that is set; only the champion is taken', 'champion')
    .option(...SYNTHETIC)
    .action(async (name: string, _: PromoteFlags, command: Command) => (await import('../models/promote-model.js')).promote(name, command.optsWithGlobals<PromoteFlags>(), context));
}
