import { XNYS } from '../../core/calendar.js';
import { isoDate, type IsoDate } from '../../core/dates.js';
import { DataError } from '../../core/errors.js';
import { readCheckedBars } from '../../data/checked-bars.js';
import { membershipTable } from '../../data/market.js';
import type { QualityPolicies } from '../../data/quality/inspect.js';
import { readSectors } from '../../data/reference.js';
import type { Store } from '../../data/store/store.js';
import { readUniverse } from '../../data/universe.js';
import { graphInputs, type GraphInputs } from '../../graph/graph-inputs.js';
import { panelOver } from '../../table/panel-over.js';

/** Columns of the bars that graphs are made of. */
const GRAPH_COLUMNS = ['close', 'segment', 'suspect'] as const;

export interface GraphInputsRequest {
  readonly universe: string;
  /** First and last session of the graphs. */
  readonly start: IsoDate;
  readonly end: IsoDate;
  /** Sessions of returns before and at the first. */
  readonly window: number;
  readonly policies: QualityPolicies;
}

/**
 * Returns, membership and sectors for the graphs of a span of sessions, members without bars included; nothing after its end is read.
 * @throws DataError when no member has bars
 */
export async function readGraphInputs(store: Store, { universe: name, start, end, window, policies }: GraphInputsRequest): Promise<GraphInputs> {
  const entry = await store.entry('bars');
  const first = isoDate(entry!.firstDate!);
  const before = Math.min(window, XNYS.count(first, start));
  const universe = await readUniverse(store, name);
  const from = XNYS.shift(start, -before);
  const members = universe.membersDuring(start, end);
  const { bars: found } = await readCheckedBars(store, { symbols: members, start: from, end, allowMissing: true }, policies);
  if (found.symbols.length === 0) throw new DataError(`expected bars of members of "${name}" between ${from} and ${end}, found none`, { code: 'NO_BARS', fields: { universe: name } });
  const bars = panelOver(members, found.columns(GRAPH_COLUMNS.filter((name) => found.has(name))));
  const sectors = await readSectors(store);
  return graphInputs(bars, { member: membershipTable(bars, universe), sectors });
}
