import { serveTasks, transferring } from '../../core/worker-tasks.js';
import type { SeriesFeature } from '../feature.js';
import { FEATURES } from '../registry.js';
import { computeRows } from './compute-rows.js';
import type { RowsTask } from './rows-task.js';

export type FeatureTasks = typeof tasks;

const series = new Map(FEATURES.filter((feature) => feature.kind === 'series').map((feature) => [feature.name, feature]));

/** Functions do not travel between threads: features are named and looked up in the registry. */
const tasks = {
  rows({ task, names }: { readonly task: RowsTask; readonly names: readonly string[] }) {
    const columns = computeRows(task, names.map((name): SeriesFeature => series.get(name)!));
    return transferring(columns, Object.values(columns).map(({ buffer }) => buffer as ArrayBuffer));
  },
};

serveTasks(tasks);
