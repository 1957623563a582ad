import { join, resolve } from 'node:path';

import { writeFileAtomic } from '../../core/atomic-file.js';
import { XNYS } from '../../core/calendar.js';
import { isoDate, type IsoDate } from '../../core/dates.js';
import { degrees, hubs } from '../../graph/degrees.js';
import { requireCovered } from '../../lab/graph/build.js';
import { graphPageInput } from '../../lab/graph/page-input.js';
import { GraphSnapshots } from '../../lab/graph/snapshots.js';
import { renderGraphPage, type GraphPageInput } from '../../report/graph/page.js';
import type { CliContext } from '../context.js';
import { openLab } from '../open-lab.js';
import { alignColumns } from '../output.js';
import { parseSession, requestOf, runBuild } from './build.js';

export interface ShowFlags {
  readonly out?: string;
  readonly json?: boolean;
}

/** Sessions before the one shown. */
const HISTORY = 125;
const HUBS = 8;
const COMMUNITIES = 8;

/** `swing graph show`. */
export async function show(date: string | undefined, flags: ShowFlags, context: CliContext): Promise<void> {
  const asked = parseSession(date, 'the argument [date]');
  const { lab, config } = await openLab(context);
  const session = asked ?? isoDate((await lab.store.entry('bars'))!.lastDate!);
  const request = requestOf(lab.store, config);
  const { first } = await requireCovered(request, [session]);
  const { folder } = await runBuild({ ...request, start: firstNeeded(session, first), end: session }, context);
  const input = await graphPageInput(new GraphSnapshots(folder), request, session, config.config.seed);
  if (flags.json) return context.output.json(summaryOf(input));
  print(input, context);
  const file = flags.out === undefined ? join(config.paths.runs, 'graph', `${session}.html`) : resolve(context.cwd, flags.out);
  await writeFileAtomic(file, renderGraphPage(input));
  context.output.line(`page: ${file}`);
}

/** Half a year before, which is drawn and compared with; less where the data does not reach back so far. */
function firstNeeded(session: IsoDate, first: IsoDate): IsoDate {
  const before = XNYS.shift(session, -HISTORY);
  return first > before ? first : before;
}

interface HubNumbers {
  readonly symbol: string;
  readonly sector: string | null;
  readonly neighbours: number;
  readonly meanCorrelation: number;
}

interface CommunityNumbers {
  readonly size: number;
  readonly sectors: Readonly<Record<string, number>>;
  readonly names: readonly string[];
}

function hubNumbers({ graph }: GraphPageInput): HubNumbers[] {
  const links = degrees(graph);
  const found = hubs(links).slice(0, HUBS).filter((node) => links.neighbours[node] > 0);
  return found.map((node) => ({ symbol: graph.nodes[node], sector: sectorOf(graph, node), neighbours: links.neighbours[node], meanCorrelation: links.meanWeight[node] }));
}

function communityNumbers({ graph, communities }: GraphPageInput): CommunityNumbers[] {
  const order = hubs(degrees(graph));
  return Array.from({ length: communities.count }, (_, community) => {
    const nodes = order.filter((node) => communities.of[node] === community);
    const counts = new Map<string, number>();
    for (const node of nodes) counts.set(sectorOf(graph, node) ?? 'unknown', (counts.get(sectorOf(graph, node) ?? 'unknown') ?? 0) + 1);
    return { size: nodes.length, sectors: Object.fromEntries([...counts].sort((a, b) => b[1] - a[1])), names: nodes.map((node) => graph.nodes[node]) };
  });
}

const sectorOf = ({ sectors, sectorNames }: GraphPageInput['graph'], node: number): string | null => (sectors[node] < 0 ? null : sectorNames[sectors[node]]);

function summaryOf(input: GraphPageInput): object {
  const { graph, settings, communities, components, sectorModularity, change } = input;
  return {
    session: graph.session, universe: input.universe, settings, nodes: graph.nodes.length, leftOut: graph.leftOut,
    edges: Object.fromEntries(Object.entries(graph.edges).map(([kind, { source }]) => [kind, source.length])),
    ...graph.summary, components, modularity: communities.modularity, sectorModularity,
    change: change && { since: change.since, ...change.numbers }, hubs: hubNumbers(input), communities: communityNumbers(input),
  };
}

function print(input: GraphPageInput, { output }: CliContext): void {
  const { graph, settings, communities, sectorModularity, change } = input;
  const number = (value: number | null): string => (value === null ? '–' : value.toFixed(2));
  output.line(`${settings.builder} over ${settings.window} sessions up to ${graph.session}: ${graph.nodes.length} names (${graph.leftOut.length} of the members left out), ${graph.edges.correlation.source.length.toLocaleString('en-US')} edges`);
  output.line(`mean correlation ${number(graph.summary.meanCorrelation)}, largest eigenvalue ${(100 * graph.summary.eigenvalueShare).toFixed(0)} %; ${communities.count} communities, modularity ${number(communities.modularity)} (sectors ${number(sectorModularity)})`);
  if (change) output.line(`since ${change.since}: ${number(change.numbers.edgeJaccard)} of the edges and ${number(change.numbers.treeSurvival)} of the tree stayed`);
  output.line();
  const rows = hubNumbers(input).map(({ symbol, sector, neighbours, meanCorrelation }) => [symbol, String(neighbours), number(meanCorrelation), sector ?? 'unknown']);
  for (const line of alignColumns([['hub', 'neighbours', 'mean', 'sector'], ...rows])) output.line(line);
  output.line();
  const groups = communityNumbers(input).filter(({ size }) => size > 2).slice(0, COMMUNITIES);
  const described = groups.map(({ size, sectors, names }, rank) => [String(rank + 1), String(size), Object.entries(sectors).slice(0, 2).map(([name, count]) => `${name} ${count}`).join(', '), names.slice(0, 4).join(' ')]);
  for (const line of alignColumns([['community', 'names', 'sectors', 'best connected'], ...described])) output.line(line);
  output.line();
}
