import type { Environment } from './python.js';
import type { PinnedFile } from './pinned-files.js';

export interface RoadOptions {
  readonly environment: Environment;
  readonly signal?: AbortSignal | undefined;
}

/** What a road came back with; nothing is trusted before its sha256 was compared. */
export type Taken = { readonly kind: 'library' | 'wheel'; readonly bytes: Uint8Array } | { readonly kind: 'failed'; readonly reason: string };

/** A way to get a native library. */
export interface Road {
  readonly name: string;
  /** Rejects only with the signal's reason; what else goes wrong is told in words, without secrets. */
  take(file: PinnedFile, options: RoadOptions): Promise<Taken>;
}
