import { ConfigError } from '../../core/errors.js';
import { suggest } from '../../core/suggest.js';
import { rankerConfig, type LightGbmOptions, type RankerConfig } from './config.js';

/** LightGBM's names, and the commonest other ones, of what has an option or a place of its own. */
const TAKEN: Readonly<Record<string, string>> = {
  objective: 'objective', application: 'objective', num_iterations: 'rounds', num_boost_round: 'rounds', n_estimators: 'rounds', num_trees: 'rounds', num_rounds: 'rounds',
  learning_rate: 'learningRate', eta: 'learningRate', shrinkage_rate: 'learningRate', num_leaves: 'leaves', max_leaves: 'leaves', num_leaf: 'leaves',
  min_data_in_leaf: 'minLeaf', min_child_samples: 'minLeaf', min_data: 'minLeaf', feature_fraction: 'featureFraction', colsample_bytree: 'featureFraction', sub_feature: 'featureFraction',
  bagging_fraction: 'baggingFraction', subsample: 'baggingFraction', bagging: 'baggingFraction', lambda_l2: 'lambda', reg_lambda: 'lambda', max_bin: 'maxBins', max_bins: 'maxBins',
  early_stopping_round: 'earlyStopping', early_stopping_rounds: 'earlyStopping', label_gain: 'grades', lambdarank_truncation_level: 'truncation',
  categorical_feature: 'categorical', cat_feature: 'categorical', categorical_features: 'categorical', metric: 'earlyStopping', metrics: 'earlyStopping',
};

const SAME_SEED_SAME_MODEL = 'the same seed must give the same model';
const ONE_KIND_OF_TREE = 'trees must be kept up to any round and be explained one by one';

/** Parameters that would break a promise, and which. */
const REFUSED: ReadonlyMap<string, string> = new Map(
  [
    { reason: SAME_SEED_SAME_MODEL, names: ['seed', 'random_state', 'random_seed', 'data_random_seed', 'bagging_seed', 'feature_fraction_seed', 'num_threads', 'num_thread', 'nthread', 'nthreads', 'n_jobs'] },
    { reason: SAME_SEED_SAME_MODEL, names: ['deterministic', 'force_row_wise', 'force_col_wise', 'verbosity', 'verbose', 'device_type', 'device'] },
    { reason: ONE_KIND_OF_TREE, names: ['boosting', 'boosting_type', 'boost', 'linear_tree', 'linear_trees', 'num_class', 'num_classes'] },
  ].flatMap(({ reason, names }) => names.map((name): [string, string] => [name, reason])),
);

/**
 * Options with their defaults.
 * @throws ConfigError `BAD_RANKER_OPTIONS`, naming the option
 */
export function parseOptions(options: LightGbmOptions): RankerConfig {
  const result = rankerConfig.safeParse(options);
  if (!result.success) throw bad(result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message, unknown: issue.code === 'unrecognized_keys' ? issue.keys : [] })));
  for (const name of Object.keys(result.data.extra)) requireFree(name);
  return result.data;
}

function requireFree(name: string): void {
  if (Object.hasOwn(TAKEN, name)) throw new ConfigError(`expected "${TAKEN[name]}" for this, found "${name}" among the further parameters of LightGBM`, { code: 'BAD_RANKER_OPTIONS', fields: { name } });
  const reason = REFUSED.get(name);
  if (reason !== undefined) throw new ConfigError(`expected no "${name}" among the further parameters of LightGBM, found one: ${reason}`, { code: 'BAD_RANKER_OPTIONS', fields: { name } });
}

function bad(issues: readonly { readonly path: string; readonly message: string; readonly unknown: readonly string[] }[]): ConfigError {
  const known = Object.keys(rankerConfig.unwrap().shape);
  const words = issues.map(({ path, message, unknown }) => {
    const near = unknown.flatMap((name) => suggest(name, known) ?? []);
    return `${path === '' ? '' : `${path}: `}${message}${near.length === 0 ? '' : `; did you mean "${near.join('", "')}"?`}`;
  });
  return new ConfigError(`expected options of LightGBM, found ${words.join('; ')}`, { code: 'BAD_RANKER_OPTIONS', fields: { issues: words } });
}
