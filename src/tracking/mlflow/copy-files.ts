import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

import { isTemporary } from '../../core/atomic-file.js';
import { AppError } from '../../core/errors.js';
import type { CallOptions, MlflowClient } from './client.js';
import { artifactRoot, putArtifact } from './server-artifacts.js';
import type { ServerRun } from './server-runs.js';

export interface CopyFilesRequest {
  readonly client: MlflowClient;
  readonly run: ServerRun;
  /** Folder of the run's artifacts. */
  readonly artifacts: string;
  /** Files that hold what MLflow would cut, by name. */
  readonly whole: Readonly<Record<string, string>>;
  /** Size and time of what is there, by name. */
  readonly sent: Readonly<Record<string, string>>;
  readonly options: CallOptions;
}

export interface CopiedFiles {
  readonly sent: Readonly<Record<string, string>>;
  /** Why none are copied, where the server takes no files itself: the rest of the run is none the worse. */
  readonly withheld: AppError | null;
}

/** Copies what is new or other than it was among the files of a run; links are not followed. */
export async function copyFiles({ client, run, artifacts, whole, sent, options }: CopyFilesRequest): Promise<CopiedFiles> {
  const files = await filesIn(artifacts);
  const fresh = files.filter(({ name, mark }) => sent[name] !== mark);
  if (fresh.length === 0 && Object.keys(whole).length === 0) return { sent, withheld: null };
  try {
    const root = artifactRoot(run.artifactUri);
    for (const [name, content] of Object.entries(whole)) await putArtifact(client, root, { name, content }, options);
    for (const { name, path } of fresh) await putArtifact(client, root, { name, content: await readFile(path) }, options);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'MLFLOW_ARTIFACTS')) throw error;
    return { sent, withheld: error };
  }
  return { sent: fresh.length === 0 ? sent : { ...sent, ...Object.fromEntries(fresh.map(({ name, mark }) => [name, mark])) }, withheld: null };
}

interface LocalFile {
  /** With `/`. */
  readonly name: string;
  readonly path: string;
  /** Size and time. */
  readonly mark: string;
}

async function filesIn(folder: string): Promise<LocalFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const paths = entries.filter((entry) => entry.isFile() && !isTemporary(entry.name)).map((entry) => join(entry.parentPath, entry.name)).sort();
  return Promise.all(
    paths.map(async (path) => {
      const { size, mtimeMs } = await stat(path);
      return { name: relative(folder, path).split(sep).join('/'), path, mark: `${size} ${mtimeMs}` };
    }),
  );
}
