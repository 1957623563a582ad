import type { Command } from 'commander';

import type { AuditFlags } from '../audit/run.js';
import type { AuditName } from '../../backtest/audits/audit-report.js';
import type { CliContext } from '../context.js';
import { seed, wholeNumber } from '../whole-number.js';

/** `swing audit lookahead | warmup | leakage | daily`. */
export function register(program: Command, context: CliContext): void {
  const audit = program.command('audit').description('look for values that nobody could have had; ends with code 7 when something is found');
  const run = (name: AuditName) => async (flags: AuditFlags) => (await import('../audit/run.js')).runAudit(name, flags, context);
  const command = (name: AuditName, description: string): Command =>
    audit
      .command(name)
      .description(description)
      .option('--since <date>', name === 'daily' ? 'first evening; a month before the last when absent' : 'first session audited; all with data when absent')
      .option('--until <date>', `last ${name === 'daily' ? 'evening' : 'session'}; the last with data when absent`)
      .option('--json', 'print one JSON document')
      .action(run(name));
  const ofFeatures = (one: Command): Command =>
    one
      .option('--seed <n>', 'of everything drawn at random; that of the configuration when absent', seed)
      .option('--features <list>', 'names of features, families or sets, separated by commas; all when absent')
      .option('--symbols <list>', 'instruments, separated by commas; some of the members, drawn at random, when absent')
      .option('--names <n>', 'how many instruments are drawn', wholeNumber(20))
      .option('--only <list>', 'checks by name, separated by commas; all when absent')
      .option('--model <name>', 'forecaster whose scores are looked at; ridge when absent');
  ofFeatures(command('lookahead', 'compute members, features, scores and decisions again on what was known on random sessions; hold fills to the prices of their session'))
    .option('--cuts <n>', 'sessions at which the data is cut, drawn at random', wholeNumber(1), 3)
    .option('--decided <n>', 'last sessions whose decisions and fills are looked at; 0 for none', wholeNumber(0), 10);
  ofFeatures(command('warmup', 'compute features, scores and an evening again on history that begins later')).option('--cuts <n>', 'sessions at which history is made to begin, drawn at random', wholeNumber(1), 3);
  ofFeatures(command('leakage', 'whether what is judged was learnt from: splits, scalers, shuffled labels, telling features, missing members, levels of adjusted prices')).option('--shuffles <n>', 'shuffles of labels of each kind', wholeNumber(0), 3);
  command('daily', 'run the evenings of a month in a store of its own and compare each decision, order and fill with the backtest').option('--each', 'every evening by itself, on a store that holds only what was known then');
}
