import { XNYS } from '../../core/calendar.js';
import { isoDate, type IsoDate } from '../../core/dates.js';
import { ConfigError } from '../../core/errors.js';
import { requireDataset } from '../../data/store/store.js';
import type { Lab } from '../../lab/open.js';
import { parseAsOf } from '../commands/daily.js';

export interface SpanFlags {
  readonly start?: string;
  readonly end?: string;
  readonly symbols?: string;
}

export interface Span {
  readonly start: IsoDate;
  readonly end: IsoDate;
  /** First session with data. */
  readonly first: IsoDate;
}

/**
 * The sessions asked for; those with data when absent.
 * @throws ConfigError for a day that is no session or has no data, or a start after the end
 */
export async function spanOf(lab: Lab, { start, end }: SpanFlags): Promise<Span> {
  const entry = requireDataset(await lab.store.manifest(), 'bars', lab.store.folder);
  const [first, last] = [isoDate(entry.firstDate!), isoDate(entry.lastDate!)];
  const within = (text: string | undefined, usual: IsoDate, where: string): IsoDate => {
    if (text === undefined) return usual;
    const day = parseAsOf(text, where);
    if (!XNYS.isSession(day)) throw new ConfigError(`expected an XNYS session, found ${day}, when the exchange was closed, in ${where}; the sessions around it are ${XNYS.previous(day)} and ${XNYS.next(day)}`, { code: 'NOT_A_SESSION', fields: { day } });
    if (day < first || day > last) throw new ConfigError(`expected a session within the data, ${first} to ${last}, found ${day} in ${where}`, { code: 'NO_SESSION', fields: { day, first, last } });
    return day;
  };
  const span = { start: within(start, first, '--start'), end: within(end, last, '--end'), first };
  if (span.start > span.end) throw new ConfigError(`expected a start on or before the end ${span.end}, found ${span.start} in --start`, { code: 'NO_SESSION', fields: { ...span } });
  return span;
}
