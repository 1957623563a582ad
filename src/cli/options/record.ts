import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { LoadedConfig } from '../../config/load.js';
import type { IsoDate } from '../../core/dates.js';
import { ConfigError } from '../../core/errors.js';
import { STAMPED_EARLY } from '../../data/option-chains/find-early-stamps.js';
import { lastClosedSession } from '../../data/option-chains/last-closed-session.js';
import { recordChains, type RecordReport } from '../../data/option-chains/record-chains.js';
import type { MarketDataProvider } from '../../data/provider.js';
import { openFiles, openFilesFolder } from '../../data/providers/files/provider.js';
import { massiveProvider } from '../../data/providers/massive/provider.js';
import { Store } from '../../data/store/store.js';
import { readUniverse } from '../../data/universe.js';
import { parseAsOf } from '../commands/daily.js';
import type { CliContext } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { parseSymbols } from '../parse-symbols.js';
import type { RecordFlags } from './record-flags.js';

/** `swing options record`. */
export async function record(flags: RecordFlags, context: CliContext): Promise<void> {
  const config = await context.loadConfig();
  const provider = await chooseProvider(flags, context);
  const store = await Store.open(config.paths.store);
  const session = flags.session === undefined ? lastClosedSession(context.clock) : parseAsOf(flags.session, '--session');
  const underlyings = await chooseUnderlyings(flags, store, config, session);
  const report = await recordChains(provider, store, { clock: context.clock, session, underlyings, oneByOne: flags.provider !== undefined, force: flags.force ?? false, keepEarlyStamps: flags.keepEarlyStamps ?? false, signal: context.signal });
  if (flags.json) context.output.json({ ...report, contracts: Object.fromEntries(report.contracts) });
  else print(report, context);
  if (report.failed.length > 0) context.exitWith(EXIT.provider);
}

async function chooseProvider({ provider, from }: RecordFlags, { cwd, env, clock }: CliContext): Promise<MarketDataProvider> {
  if ((provider === undefined) === (from === undefined)) throw new ConfigError(`expected either --provider or --from, found ${provider === undefined ? 'neither' : 'both'}`, { code: 'NO_SOURCE' });
  if (from !== undefined) return openSource(resolve(cwd, from));
  const apiKey = env['POLYGON_API_KEY'] ?? '';
  if (apiKey === '') throw new ConfigError(`expected the key of "${provider}" in the environment as POLYGON_API_KEY, found none`, { code: 'NO_KEY' });
  const baseUrl = env['POLYGON_BASE_URL'];
  if (baseUrl !== undefined && !URL.canParse(baseUrl)) throw new ConfigError('expected an address such as https://api.massive.com in POLYGON_BASE_URL, found something else', { code: 'BAD_ADDRESS' });
  return massiveProvider({ apiKey, clock, ...(baseUrl === undefined ? {} : { baseUrl }) });
}

/** A folder that describes its files, or files judged by their columns. */
async function openSource(path: string): Promise<MarketDataProvider> {
  const provider = await (existsSync(join(path, 'source.json')) ? openFilesFolder(path) : openFiles([{ path }]));
  if (!provider.capabilities.includes('option_chains')) throw new ConfigError(`expected option chains in "${path}", found ${provider.capabilities.join(', ')}`, { code: 'NO_CAPABILITY', fields: { path } });
  return provider;
}

const UNIVERSE = 'universe';

async function chooseUnderlyings({ underlyings, from }: RecordFlags, store: Store, { config }: LoadedConfig, session: IsoDate): Promise<string[] | null> {
  if (underlyings === undefined && from !== undefined) return null;
  const named = parseSymbols(underlyings ?? UNIVERSE, '--underlyings');
  const members = async (): Promise<string[]> => {
    if (!(await store.entry('membership'))) throw new ConfigError(`expected the members of "${config.data.universe}" in the store, found none; import them, or name the underlyings with --underlyings`, { code: 'NO_UNIVERSE' });
    return (await readUniverse(store, config.data.universe)).membersAt(session);
  };
  const lists = await Promise.all(named.map(async (name) => (name === UNIVERSE ? members() : [name.toUpperCase().replaceAll(/[./ ]/g, '-')])));
  return [...new Set(lists.flat())].sort();
}

function print({ session, openInterestOf, contracts, missing, failed, unchanged, rejected, findings, dropped }: RecordReport, { output }: CliContext): void {
  const total = [...contracts.values()].reduce((sum, count) => sum + count, 0);
  if (dropped.length > 0) output.note(`the bundled sample or synthetic market and what was computed on it left the store: ${dropped.join(', ')}`);
  output.line(`${unchanged ? 'already recorded' : 'recorded'} ${total.toLocaleString('en-US')} contracts of ${contracts.size} ${contracts.size === 1 ? 'underlying' : 'underlyings'} at the close of ${session}; open interest settled on ${openInterestOf}`);
  if (missing.length > 0) output.line(`no chain of ${missing.join(', ')}`);
  for (const { expectation, count, first } of rejected) output.line(`set aside ${count}: expected ${expectation}, first: ${first}`);
  for (const { rule, count, examples } of findings) output[rule === STAMPED_EARLY ? 'warn' : 'line'](`${rule}: ${count}, such as ${examples[0]}`);
  for (const { underlying, reason } of failed) output.warn(`${underlying}: ${reason}`);
  if (failed.length > 0) output.hint('running the command again this evening may bring them');
}
