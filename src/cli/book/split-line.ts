/** A value of a line, without the quotes and blanks around it. */
export interface Cell {
  readonly text: string;
  readonly quoted: boolean;
}

export const SEPARATORS = [',', ';', '\t'] as const;
export type Separator = (typeof SEPARATORS)[number];

/** Values of a line as RFC 4180 has them, whatever separates them; `null`: a quote is not closed, or stands within a value without quotes. */
export function splitLine(line: string, separator: Separator): Cell[] | null {
  const end = `(?=${separator}|$)`;
  const value = new RegExp(` *"((?:[^"]|"")*)" *${end}|([^"${separator}]*)${end}`, 'y');
  const cells: Cell[] = [];
  for (let at = 0; at <= line.length; at = value.lastIndex + 1) {
    value.lastIndex = at;
    const found = value.exec(line) as [string, string | undefined, string] | null;
    if (found === null) return null;
    const [, quoted, bare] = found;
    cells.push(quoted === undefined ? { text: bare.trim(), quoted: false } : { text: quoted.replaceAll('""', '"').trim(), quoted: true });
  }
  return cells;
}
