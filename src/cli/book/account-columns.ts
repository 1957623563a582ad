/** What an account file may say of a position. */
export const ACCOUNT_COLUMNS = ['as_of', 'symbol', 'instrument', 'shares', 'entry_price', 'entry_date', 'stop', 'target', 'horizon', 'trailing', 'highest_close', 'cost'] as const;
export type AccountColumn = (typeof ACCOUNT_COLUMNS)[number];

/** Names of our own exports and the commonest of brokers, in lower case with `_` between words. */
const OTHER_NAMES: ReadonlyMap<string, AccountColumn> = new Map([
  ['ticker', 'symbol'],
  ['quantity', 'shares'],
  ['qty', 'shares'],
  ['average_cost', 'entry_price'],
  ['cost_basis_per_share', 'entry_price'],
  ['entry_session', 'entry_date'],
  ['stop_price', 'stop'],
  ['target_price', 'target'],
  ['horizon_sessions', 'horizon'],
  ['trailing_distance_price', 'trailing'],
  ['highest_close_price', 'highest_close'],
  ['cost_money', 'cost'],
]);

const isAccountColumn = (name: string): name is AccountColumn => (ACCOUNT_COLUMNS as readonly string[]).includes(name);

/** The column that a header names, in whatever case and with blanks, `_` or `-` between words; `null`: none that is read. */
export function accountColumn(written: string): AccountColumn | null {
  const name = written.toLowerCase().replaceAll(/[\s_-]+/g, '_');
  return isAccountColumn(name) ? name : (OTHER_NAMES.get(name) ?? null);
}
