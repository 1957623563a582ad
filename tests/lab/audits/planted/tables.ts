import { XNYS } from '../../../../src/core/calendar.js';
import { toEpochDay, type IsoDate } from '../../../../src/core/dates.js';
import { rows } from '../../../../src/data/store/duckdb.js';
import type { Labels } from '../../../../src/dataset/labels/labels.js';
import { computeFeatures } from '../../../../src/features/compute/compute-features.js';
import { vix } from '../../../../src/features/market/vix.js';
import type { Lab } from '../../../../src/lab/open.js';
import { Panel } from '../../../../src/table/panel.js';
import { SYMBOLS } from '../../../pipeline/small-market.js';
import { latestKnown, vintages } from '../../../../src/table/vintages.js';

/** Fault: who is in the index in the end is taken for who was in it. */
export async function futureMembership(then: Lab): Promise<Panel> {
  const bars = await then.panel();
  const members = (await then.universe()).membersAt(bars.last as IsoDate);
  const member = new Float64Array(members.length * bars.sessions.length).fill(1);
  return new Panel({ symbols: members, sessions: bars.sessions, columns: { member } });
}

/** Fault: an observation is known on the day that it is of. */
export async function unlaggedMacro(then: Lab): Promise<Panel> {
  const bars = await then.panel({ symbols: ['AAPL', 'MSFT', 'XOM'] });
  const observed = await then.store.query((connection) => rows(connection, `select cast(observation_date - date '1970-01-01' as integer) as day, value from macro where series_id = 'VIX'`));
  const series = vintages(observed.map(({ day, value }) => ({ knownFrom: Number(day), period: Number(day), value: Number(value) })));
  return computeFeatures({ bars, macro: new Map([['VIX', series]]) }, [vix]);
}

/** Fault: a filing is known on its date, also when it was accepted a quarter of an hour after the decision. */
export async function daysSinceLateFiling(then: Lab): Promise<Panel> {
  const { sessions } = await then.panel({ symbols: ['AAPL'] });
  const filed = await then.store.query((connection) => rows(connection, `select symbol, cast(cast(timezone('America/New_York', timezone('UTC', filed_at)) as date) as varchar) as day from filings`));
  const symbols = [...new Set(filed.map(({ symbol }) => String(symbol)))].sort();
  const since = new Float64Array(symbols.length * sessions.length);
  symbols.forEach((symbol, row) => {
    const days = filed.flatMap((one) => (one['symbol'] === symbol ? [toEpochDay(XNYS.onOrAfter(one['day'] as IsoDate))] : []));
    const last = latestKnown(vintages(days.map((day) => ({ knownFrom: day, period: day, value: day }))), sessions);
    last.forEach((day, t) => (since[row * sessions.length + t] = sessions[t] - day));
  });
  return new Panel({ symbols, sessions, columns: { 'days-since-results': since } });
}

/** Fault: how a sector does, as the mean label of its members, which is told when the label is. */
export function sectorOfLabels({ panel }: Labels, sectors: ReadonlyMap<string, string>): Panel {
  const label = panel.column('label');
  const width = panel.sessions.length;
  const of = (row: number): string => sectors.get(panel.symbols[row]) ?? '';
  const values = label.map((_, at) => {
    const [own, t] = [of(Math.floor(at / width)), at % width];
    const peers = panel.symbols.flatMap((_name, row) => (of(row) === own && !Number.isNaN(label[row * width + t]) ? [label[row * width + t]] : []));
    return peers.length === 0 ? Number.NaN : peers.reduce((sum, value) => sum + value, 0) / peers.length;
  });
  return new Panel({ symbols: panel.symbols, sessions: panel.sessions, columns: { 'sector-heat': Float32Array.from(values) } });
}

/** The same as a table of a lab. */
export async function sectorHeat(then: Lab): Promise<Panel> {
  const bars = await then.panel({ symbols: SYMBOLS });
  const sectors = new Map([...(await then.companies())].flatMap(([symbol, { sector }]) => (sector ? [[symbol, sector] as const] : [])));
  return sectorOfLabels(then.labels(bars, { horizon: 5 }), sectors);
}

