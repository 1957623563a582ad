import { requireExchangeDay } from '../../data/market.js';
import type { LoadedConfig } from '../../config/load.js';
import type { IsoDate } from '../../core/dates.js';
import type { Store } from '../../data/store/store.js';
import { buildGraphSnapshots, type BuildRequest, type GraphBuildEvent, type GraphBuildResult } from '../../lab/graph/build.js';
import { parseAsOf } from '../commands/daily.js';
import type { CliContext } from '../context.js';
import { openLab } from '../open-lab.js';

export interface BuildFlags {
  readonly start?: string;
  readonly end?: string;
  readonly json?: boolean;
}

/** `swing graph build`. */
export async function build(flags: BuildFlags, context: CliContext): Promise<void> {
  const [start, end] = [parseSession(flags.start, '--start'), parseSession(flags.end, '--end')];
  const { lab, config } = await openLab(context);
  const { folder, manifest, computed, kept } = await runBuild({ ...requestOf(lab.store, config), ...(start ? { start } : {}), ...(end ? { end } : {}) }, context);
  const quarters = Object.entries(manifest.quarters).map(([quarter, { first, last, sessions }]) => ({ quarter, first, last, sessions }));
  if (flags.json) return context.output.json({ folder, computed, kept, quarters });
  context.output.line(`${count(computed)} built, ${kept} kept from before; in all ${manifest.settings['builder'] as string} graphs from ${quarters[0].first} to ${quarters.at(-1)!.last}`);
  context.output.line(`folder: ${folder}`);
}

/** @throws ConfigError on text that is no date, or a day on which the exchange was closed */
export function parseSession(text: string | undefined, where: string): IsoDate | undefined {
  if (text === undefined) return undefined;
  const session = parseAsOf(text, where);
  requireExchangeDay(session);
  return session;
}

/** What the configuration says about graphs. */
export function requestOf(store: Store, { config }: LoadedConfig): BuildRequest {
  return { store, universe: config.data.universe, settings: config.graph, policies: config.data.quality };
}

/** Builds what is missing and tells how far it is on stderr. */
export async function runBuild(request: BuildRequest, context: CliContext): Promise<GraphBuildResult> {
  const work = buildGraphSnapshots({ ...request, signal: context.signal });
  for (;;) {
    const step = await work.next();
    if (step.done) return step.value;
    const said = describe(step.value);
    if (said !== null) context.output.note(said);
  }
}

function describe(event: GraphBuildEvent): string | null {
  if (event.kind === 'quarter-end') return `${event.quarter} built, ${event.done} of ${event.total}`;
  return event.sessions === 0 ? null : `${count(event.sessions)} to build`;
}

const count = (sessions: number): string => `${sessions.toLocaleString('en-US')} ${sessions === 1 ? 'graph' : 'graphs'}`;
