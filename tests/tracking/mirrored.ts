import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Clock } from '../../src/core/clock.js';
import { localTracker } from '../../src/tracking/local-tracker.js';
import { MlflowClient } from '../../src/tracking/mlflow/client.js';
import { MlflowMirror } from '../../src/tracking/mlflow/mirror.js';
import { MirroredTracker } from '../../src/tracking/mlflow/mirrored-tracker.js';
import { serverAddress, type MlflowEnvironment } from '../../src/tracking/mlflow/server-address.js';
import type { Tracker } from '../../src/tracking/tracker.js';

export interface MirroredOptions {
  readonly folder: string;
  readonly url: string;
  readonly clock: Clock;
  readonly env?: MlflowEnvironment;
  readonly patienceMs?: number;
  readonly timeoutMs?: number;
}

export interface Mirrored {
  readonly local: Tracker;
  readonly tracker: Tracker;
  readonly mirror: MlflowMirror;
  /** What the mirror said. */
  readonly said: string[];
}

/** A local tracker whose runs are copied to a server; it tries again without long waits. */
export function mirrored({ folder, url, clock, env = {}, patienceMs = 5000, timeoutMs = 2000 }: MirroredOptions): Mirrored {
  const said: string[] = [];
  const local = localTracker({ folder, clock });
  const client = new MlflowClient({ address: serverAddress(url, env), timeoutMs, retries: { attempts: 3, baseDelayMs: 1, maxDelayMs: 5, factor: 2 } });
  const mirror = new MlflowMirror({ client, spool: join(folder, 'spool'), runs: folder, experimentPrefix: 'swinglab/', patienceMs, onProblem: (message) => void said.push(message) });
  return { local, tracker: new MirroredTracker(local, mirror), mirror, said };
}

/** Makes all that is noted read as if its process had been killed. */
export async function killWriters(folder: string): Promise<void> {
  const names = (await readdir(join(folder, 'spool')).catch(() => [])).filter((name) => /^\d+$/.test(name));
  for (const name of names) {
    const path = join(folder, 'spool', name, 'job.json');
    try {
      const { job, writer } = JSON.parse(await readFile(path, 'utf8')) as { job: unknown; writer: object };
      await writeFile(path, JSON.stringify({ job, writer: { ...writer, bornAt: 1 } })); // an earlier process of this number
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error; // delivered meanwhile
    }
  }
}
