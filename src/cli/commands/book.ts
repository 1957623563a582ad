import type { Command } from 'commander';

import type { ImportFlags } from '../book/import.js';
import type { ReconcileFlags } from '../book/reconcile.js';
import type { ShowFlags } from '../book/show.js';
import type { CliContext } from '../context.js';

/** `swing book show | import | reconcile`. */
export function register(program: Command, context: CliContext): void {
  const book = program.command('book').description('the paper book: what is held, what is ordered, and how it compares with a real account');

  book
    .command('show')
    .description('cash, positions with their returns and levels, waiting orders and the last fills')
    .option('--as-of <date>', 'as it stood after the evening of this session; the last one when absent')
    .option('--csv <file>', 'also write cash and positions to a CSV file as import reads it')
    .option('--json', 'print one JSON document')
    .action(async (flags: ShowFlags) => (await import('../book/show.js')).show(flags, context));

  book
    .command('import')
    .description('put a real account in place of the paper book; all of the file or none')
    .argument('<file>', 'CSV file with a header: symbol,shares and, where known, entry_price,entry_date,stop,target,horizon, as from show --csv, the evening\'s positions.csv or a broker; the line CASH holds the cash')
    .option('--as-of <date>', 'session after which the account stood like this; the last one of the book when absent')
    .option('--cash <amount>', 'cash, where the file has no line CASH')
    .option('--dry-run', 'check the file and tell what would be kept, but keep nothing')
    .option('--json', 'print one JSON document')
    .action(async (file: string, flags: ImportFlags) => (await import('../book/import.js')).importAccount(file, flags, context));

  book
    .command('reconcile')
    .description('compare an account with the paper book; ends with 7 when they differ')
    .argument('<file>', 'CSV file as for import')
    .option('--as-of <date>', 'with the book after this session; the last one when absent')
    .option('--cash <amount>', 'cash, where the file has no line CASH')
    .option('--json', 'print one JSON document')
    .action(async (file: string, flags: ReconcileFlags) => (await import('../book/reconcile.js')).reconcile(file, flags, context));
}
