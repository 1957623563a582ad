import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { panelFromParquet } from '../../../src/data/store/read-bars.js';
import { Panel } from '../../../src/table/panel.js';
import { realDataFolder } from '../../golden/folder.js';

const SAMPLE = fileURLToPath(new URL('../../../data/sample/bars.parquet', import.meta.url));

/** Bars of the bundled sample, which have known faults. */
export function sampleBars(): Promise<Panel> {
  return panelFromParquet(SAMPLE, { symbol: 'symbol', session: 'session', columns: ['open', 'high', 'low', 'close', 'volume'] });
}

/** Carefully assembled bars of the same companies over more years, with adjusted_close; `null` without the real data. */
export async function checkedBars(): Promise<Panel | null> {
  const folder = realDataFolder();
  if (folder === null) return null;
  const { symbols, sessions, columns } = await partsOf(join(folder, 'equities', 'sp500_adjusted.parquet'));
  const { adj_close: adjusted, ...others } = columns;
  return new Panel({ symbols, sessions, columns: { ...others, adjusted_close: adjusted } });
}

async function partsOf(path: string): Promise<{ symbols: readonly string[]; sessions: Int32Array; columns: Record<string, Float64Array> }> {
  const panel = await panelFromParquet(path);
  return { symbols: panel.symbols, sessions: panel.sessions, columns: Object.fromEntries(panel.columnNames.map((name) => [name, panel.column(name) as Float64Array])) };
}
