import type { LoadedConfig } from '../config/load.js';
import { openConfigured, type Lab } from '../lab/open.js';
import type { CliContext } from './context.js';

/** The lab of the configuration in force, with its data brought in; `settings` are those that options of the command stand for. */
export async function openLab(context: CliContext, settings: readonly string[] = []): Promise<{ lab: Lab; config: LoadedConfig }> {
  const config = await context.loadConfig({ settings });
  return { lab: await openConfigured(config, { clock: context.clock, signal: context.signal, env: context.env }), config };
}
