import type { CallOptions, MlflowClient } from './client.js';
import { createRun, deleteRun, findRuns, type NewRun, type ServerRun } from './server-runs.js';

/**
 * The server's run of one of ours, made where there is none; `null` where somebody threw it away.
 *
 * A request whose answer was lost may have made a run, and two machines may make one at once: runs are looked for before and
 * after one is made, and of those made twice the fuller one stays.
 */
export async function ensureRun(client: MlflowClient, wanted: NewRun, { id, options }: { readonly id: string; readonly options: CallOptions }): Promise<ServerRun | null> {
  const all = (): Promise<ServerRun[]> => findRuns(client, wanted.experimentId, id, options);
  const found = await client.findOrCreate(
    async () => onlyFound(await all()),
    async () => {
      const created = await createRun(client, wanted, options);
      return onlyFound((await all()).filter(({ isDeleted }) => !isDeleted)) ?? [created];
    },
    options,
  );
  return found[0].isDeleted ? null : keepOne(client, found, options);
}

const onlyFound = (runs: ServerRun[]): ServerRun[] | null => (runs.length === 0 ? null : runs);

async function keepOne(client: MlflowClient, runs: readonly ServerRun[], options: CallOptions): Promise<ServerRun> {
  const inUse = runs.filter(({ isDeleted }) => !isDeleted);
  const [kept, ...others] = inUse.sort((a, b) => b.shown.size - a.shown.size); // stable: oldest first among equals
  for (const other of others) if (other.startedAt === kept.startedAt) await deleteRun(client, other.id, options);
  return kept;
}
