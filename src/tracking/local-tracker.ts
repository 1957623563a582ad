import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { mapConcurrent } from '../core/async.js';
import type { Clock } from '../core/clock.js';
import { isExperimentName, requireExperimentName } from './check-names.js';
import { requireRunSpec } from './check-run.js';
import { isoTime, LocalRun } from './local-run.js';
import { RunFolder } from './run-folder.js';
import { isRunId, runId } from './run-id.js';
import type { RunRecord, Tracker } from './tracker.js';

export interface LocalTrackerOptions {
  /** Made when the first run starts. */
  readonly folder: string;
  readonly clock: Clock;
}

/** Records read at a time; each is a few small files. */
const READERS = 16;

/**
 * A tracker that keeps runs in files, `<folder>/<experiment>/<run id>/`; see `RunFolder` for what is inside.
 *
 * Any number of processes may write at once. A run that was cut off reads as running, with the figures that it had logged.
 */
export function localTracker({ folder, clock }: LocalTrackerOptions): Tracker {
  return {
    async start(spec) {
      requireRunSpec(spec);
      const files = runFolder(folder, spec.experiment, runId(spec));
      const startedAt = isoTime(clock);
      const evaluation = await files.begin(spec, startedAt);
      return new LocalRun({ spec, files, evaluation, startedAt, clock });
    },
    async runs(experiment) {
      if (experiment !== undefined) requireExperimentName(experiment);
      const experiments = experiment === undefined ? (await names(folder)).filter(isExperimentName) : [experiment];
      const found = await Promise.all(experiments.map(async (one) => (await names(join(folder, one))).filter(isRunId).map((id) => runFolder(folder, one, id))));
      const records = await mapConcurrent(found.flat(), { concurrency: READERS }, (files) => files.read());
      return records.filter((record): record is RunRecord => record !== null).sort(byStart);
    },
  };
}

/** Where a local tracker keeps a run. */
export function runFolder(folder: string, experiment: string, id: string): RunFolder {
  return new RunFolder(join(folder, experiment, id));
}

const byStart = (a: RunRecord, b: RunRecord): number => (a.startedAt === b.startedAt ? (a.id < b.id ? -1 : 1) : a.startedAt < b.startedAt ? -1 : 1);

async function names(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
