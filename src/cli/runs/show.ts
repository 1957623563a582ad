import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

import { runFolder } from '../../tracking/local-tracker.js';
import type { CliContext } from '../context.js';
import { alignColumns } from '../output.js';
import { figure, findRun, moment, openTracker, setting, type RunsFlags } from './run-records.js';

/** `swing runs show`. */
export async function show(id: string, flags: RunsFlags, context: CliContext): Promise<void> {
  const { tracker, folder } = await openTracker(context);
  const run = await findRun(tracker, id);
  const { path, artifacts: artifactFolder } = runFolder(folder, run.experiment, run.id);
  const artifacts = await filesIn(artifactFolder);
  const { output } = context;
  if (flags.json) return output.json({ ...run, artifacts, folder: path });
  const rows = (title: string, values: readonly (readonly [string, string])[]): string[][] => values.map(([key, value], at) => [at === 0 ? title : '', key, value]);
  const lines = [
    ...rows('run', [['id', run.id], ['experiment', run.experiment], ['name', run.name], ['status', run.status], ...(run.reason === undefined ? [] : [['reason', run.reason] as const]), ['started (UTC)', moment(run.startedAt)], ['ended (UTC)', moment(run.endedAt)], ['evaluated', `${run.evaluations} times`], ['folder', path]]),
    ...rows('chosen', [['seed', String(run.seed)], ...Object.entries(run.params).map(([key, value]) => [key, setting(value)] as const)]),
    ...rows('from', [['code', run.code], ...Object.entries(run.data)]),
    ...rows('tags', Object.entries(run.tags ?? {})),
    ...rows('figures', Object.entries(run.metrics).map(([key, value]) => [key, figure(value)] as const)),
    ...rows('artifacts', artifacts.map((name) => [name, ''] as const)),
  ];
  for (const line of alignColumns(lines)) output.line(line);
}

/** Names of the files below a folder, with `/`; none when it is not there. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')).sort();
}
