import type { Command } from 'commander';

import { isIsoDate, type IsoDate } from '../../core/dates.js';
import { percentDigits } from '../../core/decimal-text.js';
import { ConfigError } from '../../core/errors.js';
import { BUILT_IN_DATA } from '../../lab/built-in-data.js';
import type { Recommendation, RecommendationDocument } from '../../recommendation/recommendation.js';
import { leadReason } from '../../report/lead-reason.js';
import { listedText, type ListedSymbols } from '../../report/listed-name.js';
import { modelVerdict } from '../../report/model-words.js';
import { ACTION_ORDER, tradeOf } from '../../report/position-view.js';
import type { CliContext } from '../context.js';
import { alignColumns } from '../output.js';

interface DailyFlags {
  readonly asOf?: string;
  readonly since?: string;
  readonly dryRun?: boolean;
  readonly resume?: boolean;
  readonly useSynthetic?: boolean;
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
    .option('--use-synthetic', 'of the made-up market (data.synthetic) with its option chains, in folders of its own; everything is marked SYNTHETIC')
    .option('--resume', 'go on with the run that was interrupted last')
    .option('--json', 'print the document as one JSON document and nothing else on stdout')
    .action((flags: DailyFlags) => daily(flags, context));
}

async function daily(flags: DailyFlags, context: CliContext): Promise<void> {
  const { output } = context;
  const asOf = flags.asOf === undefined ? undefined : parseAsOf(flags.asOf);
  const config = await context.loadConfig({ settings: flags.useSynthetic === true ? BUILT_IN_DATA.synthetic : [] });
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
  const { recommendations, portfolio, universe, notices, symbols } = document;
  for (const notice of notices) output.line(notice);
  output.line(`As of ${document.asOf}, for the open of ${document.actOn}: ${ACTION_ORDER.map((action) => `${recommendations.filter((one) => one.action === action).length} to ${action}`).join(', ')}`);
  output.line(modelVerdict(document.model, document.network));
  output.line(`Equity ${portfolio.equity.toFixed(2)}, cash ${portfolio.cash.toFixed(2)}; ${universe.priced} of ${universe.members} members priced, ${universe.eligible} eligible`);
  for (const { reason } of document.risk.conflicts) output.line(`Infeasible: ${listedText(symbols, reason)}`);
  output.line();
  const header = ['action', 'symbol', 'trade', 'weight', 'entry', 'stop', 'target', 'expected', 'why'];
  const ordered = ACTION_ORDER.flatMap((action) => recommendations.filter((one) => one.action === action));
  for (const line of alignColumns([header, ...ordered.map((one) => row(one, symbols))])) output.line(line);
}

function row(recommendation: Recommendation, symbols: ListedSymbols): string[] {
  const { action, symbol, listedSymbol, weight, entry, stop, target, order } = recommendation;
  const name = symbol === listedSymbol ? symbol : `${listedSymbol} (${symbol})`;
  const trade = tradeOf(recommendation);
  const limit = order?.kind === 'limit' ? ` at ${order.limit.toFixed(2)} or less` : '';
  const [low, high] = action === 'exit' ? [NONE, NONE] : [stop.toFixed(2), target.toFixed(2)];
  return [action, name, trade === null ? NONE : `${trade.side} ${trade.shares}${limit}`, `${percentDigits(weight, 2)} %`, entry.toFixed(2), low, high, expected(recommendation), listedText(symbols, leadReason(recommendation)?.text ?? '')];
}

/** The whole expected return and what of it is due to the rank: `+0.60 %, +0.05 % by rank`. */
function expected({ action, expectedReturn, edge }: Recommendation): string {
  if (action === 'exit' || expectedReturn === null) return NONE;
  return edge === null ? signed(expectedReturn) : `${signed(expectedReturn)}, ${signed(edge)} by rank`;
}

const NONE = '–';

/** In percent with its sign, except for zero. */
function signed(fraction: number): string {
  const text = percentDigits(fraction, 2);
  return `${!/[1-9]/.test(text) ? '' : fraction < 0 ? '−' : '+'}${text} %`;
}
