import { resolve } from 'node:path';

import { writeFileAtomic } from '../../core/atomic-file.js';
import { isoDate, type IsoDate } from '../../core/dates.js';
import { predictSession } from '../../lab/models/predict-session.js';
import type { Forecast } from '../../strategy/view.js';
import { explain } from '../../recommendation/explain.js';
import { parseAsOf } from '../commands/daily.js';
import type { CliContext } from '../context.js';
import { openLab } from '../open-lab.js';
import { alignColumns } from '../output.js';

export interface PredictFlags {
  readonly model?: string;
  readonly asOf?: string;
  readonly top: number;
  readonly csv?: string;
  readonly json?: boolean;
}

/** `swing predict`. */
export async function predict({ model, asOf, top, csv, json }: PredictFlags, context: CliContext): Promise<void> {
  const day = asOf === undefined ? undefined : parseAsOf(asOf);
  const { lab, config } = await openLab(context);
  const session = day ?? isoDate((await lab.store.entry('bars'))!.lastDate!, 'asOf');
  const { predictions, market } = await predictSession(lab.store, config, { asOf: session, environment: context.env, ...(model === undefined ? {} : { model }) });
  const ranked = [...predictions.forecasts].sort(([a, one], [b, other]) => other.score - one.score || (a < b ? -1 : 1));
  if (csv !== undefined) await writeFileAtomic(resolve(context.cwd, csv), toCsv(market.asOf, ranked));
  const { output } = context;
  if (json) return output.json({ asOf: market.asOf, model: predictions.model, notices: predictions.notices, coverage: predictions.coverage, forecasts: ranked.map(([symbol, forecast], i) => ({ rank: i + 1, symbol, ...forecast })), ineligible: predictions.ineligible });
  for (const notice of predictions.notices) output.line(notice);
  output.line(`As of ${market.asOf}, ${ranked.length} members by ${predictions.model?.title ?? 'nothing: history does not suffice'}`);
  output.line();
  for (const line of alignColumns([['rank', 'symbol', 'score', 'expected', 'interval', 'why'], ...ranked.slice(0, top).map(([symbol, forecast], i) => row(symbol, forecast, { rank: i + 1, asOf: market.asOf }))])) output.line(line);
}

const percent = (value: number): string => `${(100 * value).toFixed(2)} %`;

function row(symbol: string, { score, expectedReturn, interval, drivers }: Forecast, { rank, asOf }: { readonly rank: number; readonly asOf: IsoDate }): string[] {
  const why = explain(drivers.map(({ feature, value, rank: place, contribution, share }) => ({ code: 'driver', values: { feature, contribution, share, ...(value === null ? {} : { value }), ...(place === null ? {} : { rank: place }) } })), asOf);
  return [String(rank), symbol, score.toPrecision(4), expectedReturn === null ? '–' : percent(expectedReturn), interval === null ? '–' : `${percent(interval[0])} to ${percent(interval[1])}`, why[0]?.text ?? ''];
}

function toCsv(asOf: string, ranked: readonly (readonly [string, Forecast])[]): string {
  const rows = ranked.map(([symbol, { score, expectedReturn, interval, coverage, horizon }], i) => [asOf, i + 1, symbol, score, expectedReturn ?? '', interval?.[0] ?? '', interval?.[1] ?? '', coverage, horizon].join(','));
  return `as_of,rank,symbol,score,expected_return,interval_low,interval_high,coverage,horizon\n${rows.join('\n')}\n`;
}
