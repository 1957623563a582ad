import { join, resolve } from 'node:path';

import { writeFileAtomic } from '../../core/atomic-file.js';
import { XNYS } from '../../core/calendar.js';
import { ConfigError } from '../../core/errors.js';
import { suggest } from '../../core/suggest.js';
import { VERSION } from '../../core/version.js';
import { BUILT_IN_DATA } from '../../lab/built-in-data.js';
import { openChainStore } from '../../lab/options/chain-store.js';
import { readChainView } from '../../lab/options/read-chain-view.js';
import type { ChainView } from '../../report/options/chain-view.js';
import { headerFigures } from '../../report/options/header.js';
import { renderOptionsPage } from '../../report/options/page.js';
import { gammaWords, qualityWords } from '../../report/options/words.js';
import { parseAsOf } from '../commands/daily.js';
import type { CliContext } from '../context.js';
import { openInBrowser } from '../open-in-browser.js';
import { alignColumns } from '../output.js';

export interface ShowFlags {
  readonly asOf?: string;
  readonly out?: string;
  readonly open?: boolean;
  readonly json?: boolean;
  readonly useSynthetic?: boolean;
}

/** Signals told in the terminal; the page has all. */
const SIGNALS = 3;

/** `swing options <underlying>`, beside which the command has some subcommands. */
export async function show(underlying: string, flags: ShowFlags, context: CliContext, subcommands: readonly string[]): Promise<void> {
  refuseIdle(flags);
  const asOf = flags.asOf === undefined ? undefined : parseAsOf(flags.asOf);
  const config = await context.loadConfig({ settings: flags.useSynthetic === true ? BUILT_IN_DATA.synthetic : [] });
  const { options: settings, data } = config.config;
  const { store, isSample } = await openChainStore(config, { clock: context.clock, signal: context.signal });
  const { view } = await readChainView(store, { underlying, settings, policies: data.quality, isSample, ...(asOf ? { asOf } : {}) }).catch((error: unknown) => {
    throw meantCommand(error, underlying, subcommands);
  });
  if (flags.json) return context.output.json(jsonOf(view));
  const name = `${view.underlying.replaceAll(/[^A-Za-z0-9._-]/g, '_')}-${view.session}.html`;
  const file = flags.out === undefined ? join(config.paths.runs, 'options', name) : resolve(context.cwd, flags.out);
  await writeFileAtomic(file, renderOptionsPage({ view, generatedBy: `swinglab ${VERSION}` }));
  print(view, context);
  context.output.line(`page: ${file}`);
  if (flags.open && !(await openInBrowser(file, context.env))) context.output.warn('no program was found that opens pages; open the file yourself');
}

/** An underlying that is unknown may be a slip of the keys in the name of a subcommand. */
function meantCommand(error: unknown, underlying: string, subcommands: readonly string[]): unknown {
  const near = error instanceof ConfigError && error.code === 'UNKNOWN_UNDERLYING' ? suggest(underlying, subcommands) : null;
  return near === null ? error : new ConfigError(`expected an underlying with option chains or a command, found "${underlying}"; did you mean: swing options ${near}`, { code: 'UNKNOWN_UNDERLYING', fields: { underlying, subcommands }, cause: error });
}

/** @throws ConfigError on options that would do nothing */
function refuseIdle({ out, open, json }: ShowFlags): void {
  const idle = json ? (out !== undefined ? '--out' : open ? '--open' : null) : null;
  if (idle !== null) throw new ConfigError(`expected ${idle} only where a page is made, found it with --json`, { code: 'NO_PAGE', fields: { option: idle } });
}

/** The view without the course of the sessions before; NaN is written as null. */
function jsonOf({ history: _, ...view }: ChainView): object {
  return { ...view, openInterestOf: XNYS.previous(view.session), panel: { ...view.panel, session: view.session } };
}

function print(view: ChainView, { output }: CliContext): void {
  const { underlying, session, source, isSample, signals } = view;
  output.line(`${underlying} at the close of ${session}${isSample ? ', bundled sample' : ''}; open interest settled on ${XNYS.previous(session)}`);
  output.line(`${source.source} (${source.licence})`);
  output.line();
  const cells = headerFigures(view).map(([title, value, note]) => [title, value, note]);
  for (const line of alignColumns(cells)) output.line(line);
  output.line();
  for (const words of [gammaWords(view), qualityWords(view)]) if (words !== null) output.line(words);
  for (const { direction, sentence } of signals.slice(0, SIGNALS)) output.line(`${direction}: ${sentence}`);
  if (signals.length > SIGNALS) output.line(`and ${signals.length - SIGNALS} more ${signals.length - SIGNALS === 1 ? 'signal' : 'signals'} on the page`);
}
