import { chainSessions } from '../../data/option-chains/read-chains.js';
import { ConfigError } from '../../core/errors.js';
import { BUILT_IN_DATA } from '../../lab/built-in-data.js';
import { openChainStore } from '../../lab/options/chain-store.js';
import type { CliContext } from '../context.js';
import { alignColumns } from '../output.js';
import type { ShowFlags } from './show.js';

/** What there is of one underlying. */
interface Stored {
  sessions: number;
  first: string;
  last: string;
  contracts: number;
}

/** `swing options` without an underlying: whose chains there are. */
export async function list(flags: ShowFlags, context: CliContext): Promise<void> {
  refuseIdle(flags);
  const { store, isSample } = await openChainStore(await context.loadConfig({ settings: flags.useSynthetic === true ? BUILT_IN_DATA.synthetic : [] }), { clock: context.clock, signal: context.signal });
  const found = new Map<string, Stored>();
  for (const { session, underlyings } of await chainSessions(store)) {
    for (const [name, contracts] of underlyings) {
      const one = found.get(name) ?? { sessions: 0, first: session, last: session, contracts };
      found.set(name, { ...one, sessions: one.sessions + 1, last: session, contracts });
    }
  }
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  if (flags.json) return context.output.json({ isSample, underlyings: Object.fromEntries(sorted) });
  if (isSample) context.output.note('no option chains in the store: these are the bundled ones');
  for (const line of alignColumns([['underlying', 'sessions', 'first', 'last', 'contracts on the last'], ...sorted.map(([name, { sessions, first, last, contracts }]) => [name, String(sessions), first, last, contracts.toLocaleString('en-US')])])) context.output.line(line);
}

/** @throws ConfigError on options that are of one underlying */
function refuseIdle({ asOf, out, open }: ShowFlags): void {
  const idle = asOf !== undefined ? '--as-of' : out !== undefined ? '--out' : open ? '--open' : null;
  if (idle !== null) throw new ConfigError(`expected an underlying with ${idle}, found none`, { code: 'NO_UNDERLYING', fields: { option: idle } });
}
