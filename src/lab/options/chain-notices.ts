import { STAMPED_EARLY } from '../../data/option-chains/find-early-stamps.js';
import type { Store } from '../../data/store/store.js';
import type { OptionsConfig } from '../../options/config.js';

/** What a reader of an evening must know of the stored option chains before anything else; nothing where they are switched off or sound. */
export async function chainNotices(store: Store, { enabled }: Pick<OptionsConfig, 'enabled'>): Promise<string[]> {
  const findings = enabled ? ((await store.entry('option_chains'))?.findings ?? []) : [];
  const early = findings.findLast(({ rule }) => rule === STAMPED_EARLY);
  return early === undefined ? [] : [`The open interest in the store was kept although it was settled on the day of its stamp (${early.examples.at(-1)}): what is told of it, features and history included, looks ahead by a session.`];
}
