import { isoDate, type IsoDate } from '../../core/dates.js';
import { ConfigError } from '../../core/errors.js';
import type { Lab } from '../../lab/open.js';
import type { Panel } from '../../table/panel.js';
import { parseAsOf } from '../commands/daily.js';

export interface SpanFlags {
  readonly start?: string;
  readonly end?: string;
  readonly symbols?: string;
}

/** Checked bars of the members during a span, or of some symbols. */
export async function panelOf(lab: Lab, { start, end, symbols }: SpanFlags): Promise<Panel> {
  const entry = await lab.store.entry('bars');
  const last = isoDate(entry!.lastDate!);
  const day = (text: string | undefined): IsoDate | undefined => (text === undefined ? undefined : parseAsOf(text));
  const [from, to] = [day(start), day(end) ?? last];
  if (to > last) throw new ConfigError(`expected an end within the data, which goes to ${last}, found ${to}`, { code: 'NO_SESSION', fields: { end: to, last } });
  return lab.panel({ ...(from === undefined ? {} : { start: from }), end: to, ...(symbols === undefined ? {} : { symbols: parseSymbols(symbols) }) });
}

/** @throws ConfigError when the text names none */
export function parseSymbols(text: string): string[] {
  const symbols = text.split(',').map((symbol) => symbol.trim().toUpperCase()).filter((symbol) => symbol !== '');
  if (symbols.length === 0) throw new ConfigError(`expected instruments separated by commas, found "${text}" in --symbols`, { code: 'NO_SYMBOLS' });
  return symbols;
}
