import type { LoadedConfig } from '../../config/load.js';
import { Store } from '../../data/store/store.js';
import { prepareData } from '../../lab/data-source.js';
import { Lab } from '../../lab/open.js';
import type { CliContext } from '../context.js';

/** The lab of the configuration in force, with its data brought in. */
export async function openLab(context: CliContext): Promise<{ lab: Lab; config: LoadedConfig }> {
  const config = await context.loadConfig();
  const store = await Store.open(config.paths.store);
  await prepareData(store, config.config.data, { clock: context.clock, root: config.root, signal: context.signal });
  return { lab: new Lab(config, store), config };
}
