import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { writeFileAtomic } from '../core/atomic-file.js';
import { isIsoDate, type IsoDate } from '../core/dates.js';

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
  return runs.filter((run): run is Run => run.state !== null).sort((a, b) => b.state.startedAt.localeCompare(a.state.startedAt));
}

/** The run that was interrupted last; `null` when one that counts has started since, as it stands for a later evening. */
export async function interruptedRun(dailyFolder: string): Promise<RunState | null> {
  const last = (await listRuns(dailyFolder)).find(({ state }) => state.state === 'running' || !state.dryRun);
  return last?.state.state === 'running' ? last.state : null;
}

/** Names that only runs give. */
const RUN_FOLDER = /^\d{4}-\d{2}-\d{2}-[\da-f]{10}$/;

/** Keeps the `keep` latest runs, finished or not; older ones go, and folders that a kill left without a state. */
export async function removeOldRuns(dailyFolder: string, keep: number): Promise<void> {
  const kept = new Set((await listRuns(dailyFolder)).slice(0, keep).map(({ folder }) => folder));
  for (const name of await readdir(dailyFolder)) {
    const folder = join(dailyFolder, name);
    if (RUN_FOLDER.test(name) && !kept.has(folder)) await rm(folder, { recursive: true, force: true });
  }
}
