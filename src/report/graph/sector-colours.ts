/**
 * Colours of the eleven GICS sectors, light and dark, fixed so that pages of different days can be compared. Neighbours in
 * this list differ in lightness as well as in hue; labels, titles and the legend say the same in words.
 */
const SECTORS: readonly (readonly [name: string, light: string, dark: string])[] = [
  ['Communication Services', '#8a3fb0', '#c58be6'],
  ['Consumer Discretionary', '#d6336c', '#f783ac'],
  ['Consumer Staples', '#c78f00', '#f2c744'],
  ['Energy', '#6b4a2f', '#b88a63'],
  ['Financials', '#2457c5', '#6f9bff'],
  ['Health Care', '#0c9c8c', '#45d6c3'],
  ['Industrials', '#6f7682', '#a9b0bc'],
  ['Information Technology', '#2b9348', '#6fd98a'],
  ['Materials', '#7f8c12', '#c0cf4d'],
  ['Real Estate', '#e4672c', '#ff9b66'],
  ['Utilities', '#38a7d6', '#7fd4f7'],
];
/** Of other names, and of nodes whose sector is not known. */
const OTHER = ['#b3b5ba', '#5d626c'] as const;

/** The class of a sector's colour; unknown names share one. */
export function sectorClass(name: string | null): string {
  const at = SECTORS.findIndex(([known]) => known === name);
  return at < 0 ? 'sx' : `s${at}`;
}

function rules(column: 1 | 2): string {
  return [...SECTORS.map((sector, at) => `.s${at} { --sector: ${sector[column]}; }`), `.sx { --sector: ${OTHER[column - 1]}; }`].join(' ');
}

/** The classes; paper is always light. */
export const SECTOR_STYLE = `
${rules(1)}
@media screen and (prefers-color-scheme: dark) { :root:not([data-printing]) { ${rules(2).replaceAll('.s', '& .s')} } }
`;
