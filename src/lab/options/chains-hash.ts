import { hashJson } from '../../core/hash.js';
import type { Store } from '../../data/store/store.js';

/** What is told of option chains depends on. */
const READ = ['option_chains', 'option_underlyings'] as const;

/** Hash of the option chains in the store; the same for all stores without any. */
export async function chainsHash(store: Store): Promise<string> {
  const { datasets } = await store.manifest();
  return hashJson(READ.map((name) => datasets[name]?.contentHash ?? null));
}
