import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { isIsoDate, type IsoDate } from '../core/dates.js';
import { writeFileAtomic } from '../data/store/atomic-file.js';

/** State of a run's folder. */
export interface RunState {
  readonly state: 'running' | 'done';
  readonly asOf: IsoDate;
  readonly dryRun: boolean;
  readonly configHash: string;
  /** UTC, ISO 8601. */
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly documentHash: string | null;
}

const statePath = (folder: string): string => join(folder, 'run.json');

export async function writeRunState(folder: string, state: RunState): Promise<void> {
  await writeFileAtomic(statePath(folder), `${JSON.stringify(state, null, 2)}\n`);
}

/** The state of a run's folder, `null` when it has none that can be read. */
export async function readRunState(folder: string): Promise<RunState | null> {
  try {
    const state = JSON.parse(await readFile(statePath(folder), 'utf8')) as RunState;
    return isIsoDate(state.asOf) ? state : null;
  } catch {
    return null;
  }
}

interface Run {
  readonly folder: string;
  readonly state: RunState;
}

/** Every run with a readable state, most recently started first. */
export async function listRuns(dailyFolder: string): Promise<Run[]> {
  const names = await readdir(dailyFolder).catch(() => []);
  const runs = await Promise.all(names.map(async (name) => ({ folder: join(dailyFolder, name), state: await readRunState(join(dailyFolder, name)) })));
  return runs.filter((run): run is Run => run.state !== null).sort((a, b) => (a.state.startedAt < b.state.startedAt ? 1 : -1));
}

/** Removes the oldest finished runs beyond `keep`. */
export async function removeOldRuns(dailyFolder: string, keep: number): Promise<void> {
  const finished = (await listRuns(dailyFolder)).filter(({ state }) => state.state === 'done');
  for (const { folder } of finished.slice(keep)) await rm(folder, { recursive: true, force: true });
}
