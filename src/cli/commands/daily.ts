import type { Command } from 'commander';

import { isIsoDate, type IsoDate } from '../../core/dates.js';
import { ConfigError } from '../../core/errors.js';
import type { Recommendation, RecommendationDocument } from '../../recommendation/recommendation.js';
import { leadReason } from '../../report/lead-reason.js';
import { tradeOf } from '../../report/position-view.js';
import type { CliContext } from '../context.js';
import { alignColumns } from '../output.js';

interface DailyFlags {
  readonly asOf?: string;
  readonly since?: string;
  readonly dryRun?: boolean;
  readonly resume?: boolean;
  readonly json?: boolean;
}

/** `swing daily`: the evening's main job. */
export function register(program: Command, context: CliContext): void {
  program
    .command('daily')
    .description('recommend what to do at the next open: ingest, features, predictions, selection, explanation, output')
    .option('--as-of <date>', 'session to stand in, yyyy-mm-dd; the last one with data when absent')
    .option('--since <date>', 'first decide every evening from this session on that the paper book has not seen, each on what was known then, without pages')
    .option('--dry-run', 'compute and report, but leave recommendations and paper book in the store as they are')
    .option('--resume', 'go on with the run that was interrupted last')
    .option('--json', 'print the document as one JSON document and nothing else on stdout')
    .action((flags: DailyFlags) => daily(flags, context));
}

async function daily(flags: DailyFlags, context: CliContext): Promise<void> {
  const { output } = context;
  const asOf = flags.asOf === undefined ? undefined : parseAsOf(flags.asOf);
  const config = await context.loadConfig();
  const [{ runDaily }, { Progress }] = await Promise.all([import('../../pipeline/daily.js'), import('../progress.js')]);
  const progress = new Progress(context.globals().quiet ? { write: () => undefined } : process.stderr);
  const run = runDaily({ config, clock: context.clock, signal: context.signal, ...(asOf === undefined ? {} : { asOf }), ...(flags.since === undefined ? {} : { since: parseAsOf(flags.since, '--since') }), ...(flags.dryRun === undefined ? {} : { dryRun: flags.dryRun }), ...(flags.resume === undefined ? {} : { resume: flags.resume }) });
  try {
    for (;;) {
      const step = await run.next();
      if (!step.done) {
        progress.show(step.value);
        continue;
      }
      const { document, documentHash, files } = step.value;
      if (flags.json) return output.json(document);
      print(document, context);
      output.line();
      output.line(`hash:   ${documentHash}`);
      output.line(`json:   ${files.json}`);
      output.line(`csv:    ${files.recommendationsCsv}`);
      output.line(`report: ${files.html}`);
      return;
    }
  } finally {
    progress.end();
  }
}

/** Dates that the exchange's calendar knows. */
const CALENDAR = { first: '1990-01-01', last: '2100-12-31' } as const;

/**
 * A date that a person gave.
 * @param where  the option or argument that it was given to
 * @throws ConfigError when the text is not a date that the calendar knows
 */
export function parseAsOf(text: string, where = '--as-of'): IsoDate {
  if (!isIsoDate(text)) throw new ConfigError(`expected an existing date as yyyy-mm-dd, found "${text}" in ${where}`, { code: 'BAD_DATE', fields: { text } });
  if (text < CALENDAR.first || text > CALENDAR.last) throw new ConfigError(`expected a date from ${CALENDAR.first} to ${CALENDAR.last}, found ${text} in ${where}`, { code: 'BAD_DATE', fields: { text } });
  return text;
}

function print(document: RecommendationDocument, { output }: CliContext): void {
  const { recommendations, portfolio, universe, notices } = document;
  for (const notice of notices) output.line(notice);
  output.line(`As of ${document.asOf}, for the open of ${document.actOn}: ${count(recommendations, 'enter')} to enter, ${count(recommendations, 'hold')} to hold, ${count(recommendations, 'exit')} to exit`);
  output.line(modelLine(document));
  output.line(`Equity ${portfolio.equity.toFixed(2)}, cash ${portfolio.cash.toFixed(2)}; ${universe.priced} of ${universe.members} members priced, ${universe.eligible} eligible`);
  for (const { reason } of document.risk.conflicts) output.line(`Infeasible: ${reason}`);
  output.line();
  const header = ['action', 'symbol', 'trade', 'weight', 'entry', 'stop', 'target', 'expected', 'why'];
  for (const line of alignColumns([header, ...recommendations.map(row)])) output.line(line);
}

/** Which model the evening stands on, and whether its ranks paid. */
function modelLine({ model }: RecommendationDocument): string {
  if (model === null) return 'Model: none, history does not suffice';
  const { payoff } = model;
  const paid = payoff === null ? 'what its ranks paid is not known' : `its ranks paid ${payoff.slope.toFixed(3)} expected deviations${payoff.t === null ? '' : `, t ${payoff.t.toFixed(1)}`}${payoff.t === null || Math.abs(payoff.t) < 2 ? ': not distinguishable from chance' : ''}`;
  return `Model: ${model.title}; ${paid}`;
}

const count = (recommendations: readonly Recommendation[], action: string): number => recommendations.filter((one) => one.action === action).length;

function row(recommendation: Recommendation): string[] {
  const { action, symbol, listedSymbol, weight, entry, stop, target, order, expectedReturn } = recommendation;
  const name = symbol === listedSymbol ? symbol : `${listedSymbol} (${symbol})`;
  const trade = tradeOf(recommendation);
  const limit = order?.kind === 'limit' ? ` at ${order.limit.toFixed(2)} or less` : '';
  return [action, name, trade === null ? '–' : `${trade.side} ${trade.shares}${limit}`, `${(100 * weight).toFixed(2)} %`, entry.toFixed(2), stop.toFixed(2), target.toFixed(2), expectedReturn === null ? '–' : `${(100 * expectedReturn).toFixed(2)} %`, leadReason(recommendation)?.text ?? ''];
}
