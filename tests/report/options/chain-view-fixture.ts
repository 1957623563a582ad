import { XNYS } from '../../../src/core/calendar.js';
import { fromEpochDay, toEpochDay } from '../../../src/core/dates.js';
import { chainFeatures } from '../../../src/lab/options/chain-features.js';
import { cleanChain } from '../../../src/options/chain/clean-chain.js';
import type { OptionChain } from '../../../src/options/chain/option-chain.js';
import { detectSignals } from '../../../src/options/intelligence/detect-signals.js';
import { OptionsHistory } from '../../../src/options/intelligence/view.js';
import { chainPanel } from '../../../src/options/panel/chain-panel.js';
import { SUMMARY_COLUMN_NAMES } from '../../../src/options/summary/columns.js';
import { flatRate } from '../../../src/options/surface/rate-curve.js';
import { valueChain } from '../../../src/options/valuation/valued-chain.js';
import type { ChainView } from '../../../src/report/options/chain-view.js';
import { Panel } from '../../../src/table/panel.js';

/** A session of the exchange near that of made chains. */
export const SESSION = toEpochDay(XNYS.onOrBefore(fromEpochDay(20_000)));

/** The view of a chain whose figures were the same on the `length` sessions up to its own, without bars. */
export function viewOfChain(chain: OptionChain, length = 60): ChainView {
  const session = fromEpochDay(chain.session);
  const sessions = XNYS.sessionDays(toEpochDay(XNYS.shift(session, 1 - length)), chain.session);
  const valued = valueChain(cleanChain(chain), { curve: flatRate(0.04) });
  const panel = chainPanel(valued);
  const columns = Object.fromEntries(SUMMARY_COLUMN_NAMES.map((name) => [name, new Float64Array(length).fill(panel.summary[name])]));
  const symbols = [chain.underlying];
  const { spot, volatility30 } = columns;
  const bars = new Panel({ symbols, sessions, columns: { open: spot, high: spot, low: spot, close: spot, volume: new Float64Array(length).fill(Number.NaN) } });
  return {
    underlying: chain.underlying, session, panel,
    features: chainFeatures({ bars, from: 'chains', since: null }, new Panel({ symbols, sessions, columns })).last,
    signals: detectSignals(new OptionsHistory({ underlying: chain.underlying, sessions, columns, close: spot }).latest({ chain: valued })),
    history: { sessions: Array.from(sessions, fromEpochDay), spot, volatility30 },
    closes: 'chains', closesSince: null, rate: { value: 0.04, from: 'configuration' }, dealers: 'long-calls-short-puts',
    source: { source: 'made up', licence: 'CC0-1.0', notes: ['no chain of anything'] }, isSample: false,
  };
}
