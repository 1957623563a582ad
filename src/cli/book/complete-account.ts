import type { LoadedConfig } from '../../config/load.js';
import type { IsoDate } from '../../core/dates.js';
import type { Store } from '../../data/store/store.js';
import type { Fault } from './account-file.js';
import { assumeLevels } from './assume-levels.js';
import { completePosition, type Completed } from './complete-position.js';
import { lastCloses } from './last-closes.js';
import { refuseFaults, type LoadedAccount } from './load-account.js';

export interface CompletedAccount {
  /** By instrument. */
  readonly completed: readonly Completed[];
  /** Last closes by instrument, quote currency. */
  readonly closes: ReadonlyMap<string, number>;
}

/**
 * The positions of an account as the configured strategy would hold them after a session.
 * @throws DataError naming every line that cannot be taken, by fault of the file or of the market
 */
export async function completeAccount(store: Store, { positions, faults: own }: LoadedAccount, { file, session, config }: { readonly file: string; readonly session: IsoDate; readonly config: LoadedConfig }): Promise<CompletedAccount> {
  const { strategy, data, portfolio } = config.config;
  const rules = strategy[strategy.name];
  const symbols = [...new Set(positions.map(({ instrument }) => instrument))].sort();
  const closes = await lastCloses(store, symbols, session);
  const levels = await assumeLevels(store, symbols.filter((symbol) => closes.has(symbol)), session, { rules, policies: data.quality });
  const faults: Fault[] = [...own];
  const completed: Completed[] = [];
  for (const line of positions) {
    const found = completePosition(line, { session, close: closes.get(line.instrument) ?? null, levels: levels.get(line.instrument) ?? null, horizon: rules.horizon, brackets: portfolio.brackets });
    if ('position' in found) completed.push(found);
    else faults.push(...found.map((expected) => ({ line: line.line, expected })));
  }
  refuseFaults(file, faults);
  completed.sort((a, b) => (a.position.symbol < b.position.symbol ? -1 : 1));
  return { completed, closes };
}
