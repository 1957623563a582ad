import { ProviderError } from '../../core/errors.js';
import { requireArtifactName } from '../check-names.js';
import type { CallOptions, MlflowClient } from './client.js';

/** An authority, where there is one, is that of the server that answered. */
const PROXIED = /^mlflow-artifacts:(?:\/\/[^/]*)?\/*(.*)$/;

/** Where a run or a model keeps its files, as parts of a path below the server's artifacts. */
export interface ArtifactRoot {
  readonly parts: readonly string[];
}

/**
 * The folder that an artifact address names.
 * @throws ProviderError `MLFLOW_ARTIFACTS` when the server does not take files itself, or names a folder outside of its own
 */
export function artifactRoot(uri: string): ArtifactRoot {
  const [, path] = PROXIED.exec(uri) ?? [];
  const parts = path?.split('/').filter((part) => part !== '') ?? [];
  if (parts.length === 0 || parts.some((part) => part === '.' || part === '..' || /[\\%\0]/.test(part))) {
    throw new ProviderError(`expected an MLflow server that takes files itself, found that it keeps them at "${uri.replace(/\/\/[^/]*@/, '//***@').split('?')[0]}"`, { code: 'MLFLOW_ARTIFACTS', fields: { hint: 'start it with --artifacts-destination (and without --no-serve-artifacts)' } });
  }
  return { parts };
}

/**
 * Stores a file in the folder of a run or a model, and nowhere else: MLflow itself follows `..` out of it.
 * @throws InvariantError `BAD_ARTIFACT_NAME`
 */
export async function putArtifact(client: MlflowClient, root: ArtifactRoot, file: { readonly name: string; readonly content: string | Uint8Array }, options: CallOptions): Promise<void> {
  requireArtifactName(file.name);
  await client.putArtifact([...root.parts, ...file.name.split('/')], typeof file.content === 'string' ? Buffer.from(file.content) : file.content, options);
}
