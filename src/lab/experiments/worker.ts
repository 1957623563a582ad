import { loadConfig } from '../../config/load.js';
import { systemClock } from '../../core/clock.js';
import { serveTasks } from '../../core/worker-tasks.js';
import { openConfigured, type Lab } from '../open.js';
import type { PointRequest, TrialResult } from './run-point.js';
import { runPoint } from './run-point.js';
import { scoresFrom, type SharedScores } from './shared-scores.js';

export type ExperimentTasks = typeof tasks;

/** How the configuration of an experiment was found: it is read again in each thread. */
export interface ConfigSource {
  readonly cwd: string;
  readonly file: string | null | undefined;
  readonly experiment: string | undefined;
  readonly overrides: readonly string[];
}

export interface PointTask extends Omit<PointRequest, 'scores'> {
  readonly source: ConfigSource;
  readonly scores: SharedScores | null;
}

let opened: { readonly key: string; readonly lab: Promise<Lab> } | null = null;

const tasks = {
  async point({ source, values, settings, scores }: PointTask): Promise<TrialResult> {
    const lab = await labOf(source);
    const { id, figures } = await runPoint(lab, { settings, scores: scores === null ? null : scoresFrom(scores) });
    return { id, values, figures };
  },
};

/** One lab a thread: opening it reads the store. */
function labOf(source: ConfigSource): Promise<Lab> {
  const key = JSON.stringify(source);
  if (opened?.key !== key) opened = { key, lab: loadConfig(source).then((config) => openConfigured(config, { clock: systemClock })) };
  return opened.lab;
}

serveTasks(tasks);
